#include "adapters/json/from_json.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <charconv>

#include "adapters/csv/utf8.hpp"
#include "workflows/scoring/rational.hpp"

namespace jejak::json::detail {
namespace {

std::string_view kind_of(const boost::json::value& value) {
    switch (value.kind()) {
        case boost::json::kind::null:
            return "null";
        case boost::json::kind::bool_:
            return "true or false";
        case boost::json::kind::int64:
        case boost::json::kind::uint64:
        case boost::json::kind::double_:
            return "a number";
        case boost::json::kind::string:
            return "a text";
        case boost::json::kind::array:
            return "a list";
        case boost::json::kind::object:
            return "an object";
    }
    return "something else";
}

// The shortest decimal that is this number; for those with an exponent, an example.
std::string decimal_text(double number) {
    std::array<char, 64> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                   std::chars_format::fixed);
    constexpr std::ptrdiff_t readable_max = 20;
    if (end.ec != std::errc() || end.ptr - digits.data() > readable_max) return "7.5";
    return {digits.data(), end.ptr};
}

void refuse_kind(const boost::json::value& value, std::string_view wanted, Reader& reader) {
    std::string message =
        "is " + std::string(kind_of(value)) + ", wanted is " + std::string(wanted);
    if (value.is_null()) message += "; leave the member out if there is nothing to say";
    reader.problem(std::move(message));
}

std::string quoted(std::string_view text) {
    constexpr std::size_t quoted_max = 60;
    std::string shown = "\"" + std::string(csv::utf8_front(text, quoted_max));
    return shown + (text.size() > quoted_max ? "…\"" : "\"");
}

}  // namespace

const boost::json::object* read_object(const boost::json::value& value,
                                       const std::vector<std::string_view>& members,
                                       Reader& reader) {
    const boost::json::object* object = value.if_object();
    if (object == nullptr) {
        refuse_kind(value, "an object", reader);
        return nullptr;
    }
    for (const auto& [key, member] : *object) {
        const std::string_view name(key.data(), key.size());
        if (reader.is_full()) break;  // to look for names that are near takes its time
        if (std::find(members.begin(), members.end(), name) != members.end()) continue;
        std::string message = "is not a member here";
        const std::string_view nearest = nearest_name(name, members);
        if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
        message += members.empty() ? "; there are none" : "; known are: " + joined(members);
        reader.problem_at(name, std::move(message));
    }
    return object;
}

const boost::json::array* read_array(const boost::json::value& value, Reader& reader) {
    const boost::json::array* array = value.if_array();
    if (array == nullptr) refuse_kind(value, "a list", reader);
    return array;
}

std::string read_text(const boost::json::value& value, Reader& reader) {
    if (const boost::json::string* text = value.if_string()) return {text->data(), text->size()};
    if (value.is_int64() || value.is_uint64()) {
        reader.problem("is a number, wanted is a text; write \"" + boost::json::serialize(value) +
                       "\"");
    } else {
        refuse_kind(value, "a text", reader);
    }
    return {};
}

std::string read_decimal(const boost::json::value& value, Reader& reader) {
    if (value.is_int64() || value.is_uint64()) return boost::json::serialize(value);
    if (const double* number = value.if_double()) {
        reader.problem(
            "is a number with a fraction, which JSON does not keep exactly; write it as "
            "text: \"" +
            decimal_text(*number) + "\"");
        return {};
    }
    const boost::json::string* text = value.if_string();
    if (text == nullptr) {
        refuse_kind(value, "an exact number as text, such as \"7.5\"", reader);
        return {};
    }
    std::string number(text->data(), text->size());
    if (const auto parsed = scoring::Rational::parse(number); !parsed) {
        reader.problem(parsed.error().message);
    }
    return number;
}

std::string read_string(const boost::json::value& value, Reader& reader, TextKind kind) {
    const bool label = kind == TextKind::rating && value.is_string();
    return kind == TextKind::words || label ? read_text(value, reader)
                                            : read_decimal(value, reader);
}

std::uint64_t read_whole(const boost::json::value& value, std::uint64_t max, Reader& reader) {
    const std::int64_t* small = value.if_int64();
    const bool is_negative = small != nullptr && *small < 0;
    if ((small == nullptr && !value.is_uint64()) || is_negative) {
        if (value.is_double() || is_negative) {
            reader.problem("is not a whole number from 0 to " + std::to_string(max));
        } else {
            refuse_kind(value, "a whole number, without quotation marks", reader);
        }
        return 0;
    }
    const std::uint64_t number =
        small != nullptr ? static_cast<std::uint64_t>(*small) : value.get_uint64();
    if (number <= max) return number;
    reader.problem("is above " + std::to_string(max));
    return 0;
}

bool read_bool(const boost::json::value& value, Reader& reader) {
    if (const bool* truth = value.if_bool()) return *truth;
    refuse_kind(value, "true or false, without quotation marks", reader);
    return false;
}

Instant read_instant(const boost::json::value& value, Reader& reader) {
    const boost::json::string* text = value.if_string();
    if (text == nullptr) {
        refuse_kind(value, "a moment, such as \"2026-03-01T08:00:00+07:00\"", reader);
        return {};
    }
    const auto instant = parse_instant({text->data(), text->size()});
    if (!instant) reader.problem(instant.error().message);
    return instant ? *instant : Instant{};
}

StreamId read_stream(const boost::json::value& value, Reader& reader) {
    const boost::json::string* text = value.if_string();
    if (text == nullptr) {
        refuse_kind(value, "a stream, such as \"appraisal/lampung-001\"", reader);
        return {};
    }
    auto stream = StreamId::parse({text->data(), text->size()});
    if (!stream) reader.problem(stream.error().message);
    return stream ? std::move(*stream) : StreamId();
}

PersonId read_person(const boost::json::value& value, Reader& reader) {
    if (const boost::json::string* text = value.if_string()) {
        return reader.read_person({text->data(), text->size()});
    }
    refuse_kind(value, "a person as text, such as \"nip:198501012010011001\"", reader);
    return {};
}

void read_hex(const boost::json::value& value, std::uint8_t* out, std::size_t size,
              Reader& reader) {
    const boost::json::string* text = value.if_string();
    if (text == nullptr || !from_hex({text->data(), text->size()}, out, size)) {
        reader.problem("is not a text of " + std::to_string(2 * size) + " hexadecimal digits");
    }
}

void refuse_name(std::string_view name, const std::vector<std::string_view>& names,
                 Reader& reader) {
    std::string message = quoted(name) + " is not one of: " + joined(names);
    const std::string_view nearest = nearest_name(name, names);
    if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
    reader.problem(std::move(message));
}

}  // namespace jejak::json::detail
