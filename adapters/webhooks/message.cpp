#include "adapters/webhooks/message.hpp"

#include <boost/json/serialize.hpp>

#include "engine/record/digest.hpp"

namespace jejak::webhooks {
namespace {

// No endpoint's id has a line end, so that no two messages have the same words.
std::string keyed_id(const KeyBytes& key, std::string_view kind, std::string_view endpoint_id,
                     std::string_view what) {
    std::string words = "webhook\n";
    words.append(kind).append("\n").append(endpoint_id).append("\n").append(what);
    const std::string_view key_bytes(reinterpret_cast<const char*>(key.data()), key.size());
    const Sha256 digest = record::hmac_sha256(key_bytes, words);
    return "msg_" + to_hex(digest.data(), 16);
}

}  // namespace

std::string body_of(const Message& message) {
    boost::json::object body;
    body["type"] = message.type;
    body["timestamp"] = to_text(message.timestamp);
    body["data"] = message.data;
    return boost::json::serialize(body);
}

std::string message_id_of(const KeyBytes& key, std::string_view endpoint_id, Position position) {
    return keyed_id(key, "record", endpoint_id, std::to_string(position.value));
}

std::string message_id_of(const KeyBytes& key, std::string_view endpoint_id,
                          std::string_view reminder_id) {
    return keyed_id(key, "reminder", endpoint_id, reminder_id);
}

}  // namespace jejak::webhooks
