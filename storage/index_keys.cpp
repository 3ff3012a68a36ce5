#include "storage/index_keys.hpp"

#include "engine/record/bytes.hpp"

namespace jejak::storage {
namespace {

constexpr std::size_t version_size = 4;

}  // namespace

std::string u64_bytes(std::uint64_t value) {
    record::ByteWriter out;
    out.u64(value);
    return std::move(out.bytes());
}

std::string position_key(Position position) {
    return u64_bytes(position.value);
}

std::string owner_key(PersonId owner) {
    return {reinterpret_cast<const char*>(owner.bytes.data()), owner.bytes.size()};
}

std::string stream_key(std::string_view stream, Version version) {
    record::ByteWriter out;
    out.reserve(stream.size() + 1 + version_size);
    out.raw(stream.data(), stream.size());
    out.u8(0);
    out.u32(version.value);
    return std::move(out.bytes());
}

std::string tile_key(std::uint8_t level, std::uint64_t index) {
    record::ByteWriter out;
    out.u8(level);
    out.u64(index);
    return std::move(out.bytes());
}

std::string row_key(std::string_view model, std::string_view key) {
    std::string bytes;
    bytes.reserve(model.size() + 1 + key.size());
    bytes.append(model).push_back('\0');
    return bytes.append(key);
}

std::string checkpoint_key(std::string_view model) {
    std::string bytes(1, '\0');
    return bytes.append(model);
}

std::string end_of_model(std::string_view model) {
    std::string bytes(model);
    bytes.push_back('\x01');
    return bytes;
}

std::string end_of_prefix(std::string prefix) {
    while (!prefix.empty() && prefix.back() == '\xff')
        prefix.pop_back();
    if (!prefix.empty()) prefix.back() = static_cast<char>(prefix.back() + 1);
    return prefix;
}

std::optional<StreamKey> parse_stream_key(std::string_view key) {
    if (key.size() < 1 + version_size) return std::nullopt;
    const std::size_t end = key.size() - version_size - 1;
    if (key[end] != '\0') return std::nullopt;
    record::ByteReader in(key.substr(end + 1));
    return StreamKey{key.substr(0, end), Version{in.u32()}};
}

std::optional<std::uint64_t> parse_u64(std::string_view bytes) {
    if (bytes.size() != 8) return std::nullopt;
    return record::ByteReader(bytes).u64();
}

std::string head_bytes(const Head& head) {
    record::ByteWriter out;
    out.u64(head.position.value);
    out.raw(head.root.data(), head.root.size());
    return std::move(out.bytes());
}

std::optional<Head> parse_head(std::string_view bytes) {
    Head head;
    if (bytes.size() != 8 + head.root.size()) return std::nullopt;
    record::ByteReader in(bytes);
    head.position.value = in.u64();
    in.into(head.root);
    return head;
}

}  // namespace jejak::storage
