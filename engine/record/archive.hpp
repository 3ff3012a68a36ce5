#pragma once

// The one binary form of described structs: cereal over a byte buffer.
//
// value     = a struct described by BOOST_DESCRIBE_STRUCT: its members in the order described
//           | integer, fixed size, little-endian | bool: 0x00 or 0x01 | enum: as its integer
//           | string, vector, map: size then elements | optional: cereal's "nullopt" bool, value
//           | Id16: 16 bytes | Instant: i64 | Position: u64 | Version: u32 | StreamId: string
//           | Personal: state:u8, then nothing (empty) or owner[16] and bytes as a string
// size      = unsigned LEB128 in its shortest form
//
// Every size is bounded by the bytes that remain, so damaged input cannot ask for memory.

#include <bit>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cereal/cereal.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/map.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "engine/ids.hpp"
#include "engine/instant.hpp"
#include "engine/personal.hpp"
#include "engine/result.hpp"

namespace jejak::record {

class OutputArchive : public cereal::OutputArchive<OutputArchive, cereal::AllowEmptyClassElision> {
  public:
    explicit OutputArchive(std::string& bytes)
        : cereal::OutputArchive<OutputArchive, cereal::AllowEmptyClassElision>(this),
          bytes_(bytes) {}

    void write(const void* data, std::size_t size) {
        bytes_.append(static_cast<const char*>(data), size);
    }
    void write_size(std::uint64_t size) {
        for (; size >= 0x80; size >>= 7)
            bytes_.push_back(static_cast<char>(size | 0x80));
        bytes_.push_back(static_cast<char>(size));
    }

  private:
    std::string& bytes_;
};

class InputArchive : public cereal::InputArchive<InputArchive, cereal::AllowEmptyClassElision> {
  public:
    explicit InputArchive(std::string_view bytes)
        : cereal::InputArchive<InputArchive, cereal::AllowEmptyClassElision>(this), rest_(bytes) {}

    void read(void* data, std::size_t size) {
        if (rest_.size() < size) throw cereal::Exception("the payload ends early");
        if (size != 0) std::memcpy(data, rest_.data(), size);
        rest_.remove_prefix(size);
    }
    std::uint64_t read_size() {
        std::uint64_t size = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            std::uint8_t byte = 0;
            read(&byte, 1);
            size |= std::uint64_t{byte & 0x7Fu} << shift;
            if (byte == 0 && shift != 0) throw cereal::Exception("a size has a zero too many");
            if ((byte & 0x80) == 0) {
                if (size > rest_.size()) throw cereal::Exception("a size exceeds the payload");
                return size;
            }
        }
        throw cereal::Exception("a size has too many digits");
    }
    [[nodiscard]] std::string_view rest() const { return rest_; }

  private:
    std::string_view rest_;
};

static_assert(std::endian::native == std::endian::little,
              "the archive writes integers as they lie in memory; byte-swap here on this machine");

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const T& value) {
    static_assert(!std::is_floating_point_v<T>, "recorded numbers are exact");
    archive.write(&value, sizeof value);
}

template <class T>
requires std::is_arithmetic_v<T>
void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, T& value) {
    if constexpr (std::is_same_v<T, bool>) {
        std::uint8_t byte = 0;
        archive.read(&byte, 1);
        if (byte > 1) throw cereal::Exception("a bool is neither 0 nor 1");
        value = byte == 1;
    } else {
        archive.read(&value, sizeof value);
    }
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const cereal::SizeTag<T>& tag) {
    archive.write_size(static_cast<std::uint64_t>(tag.size));
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, cereal::SizeTag<T>& tag) {
    tag.size = static_cast<std::remove_reference_t<T>>(archive.read_size());
}

template <class Archive, class T>
requires(std::is_same_v<Archive, OutputArchive> ||
         std::is_same_v<Archive,
                        InputArchive>) void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive,
                                                                           cereal::NameValuePair<T>&
                                                                               pair) {
    archive(pair.value);
}

template <class T>
void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const cereal::BinaryData<T>& data) {
    archive.write(data.data, static_cast<std::size_t>(data.size));
}

template <class T>
void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, cereal::BinaryData<T>& data) {
    archive.read(data.data, static_cast<std::size_t>(data.size));
}

template <class Tag>
void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const Id16<Tag>& id) {
    archive.write(id.bytes.data(), id.bytes.size());
}
template <class Tag>
void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, Id16<Tag>& id) {
    archive.read(id.bytes.data(), id.bytes.size());
}

inline void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const Instant& instant) {
    archive.write(&instant.micros_since_epoch, 8);
}
inline void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, Instant& instant) {
    archive.read(&instant.micros_since_epoch, 8);
}
inline void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const Position& position) {
    archive.write(&position.value, 8);
}
inline void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, Position& position) {
    archive.read(&position.value, 8);
}
inline void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const Version& version) {
    archive.write(&version.value, 4);
}
inline void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, Version& version) {
    archive.read(&version.value, 4);
}
inline void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const StreamId& stream) {
    archive(stream.text());
}
inline void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, StreamId& stream) {
    std::string text;
    archive(text);
    auto parsed = StreamId::parse(text);
    if (!parsed) throw cereal::Exception("a stream id is not valid");
    stream = std::move(*parsed);
}
inline void CEREAL_SAVE_FUNCTION_NAME(OutputArchive& archive, const Personal& personal) {
    archive(static_cast<std::uint8_t>(personal.state));
    if (!personal.is_empty()) archive(personal.owner, personal.bytes);
}
inline void CEREAL_LOAD_FUNCTION_NAME(InputArchive& archive, Personal& personal) {
    std::uint8_t state = 0;
    archive(state);
    if (state > static_cast<std::uint8_t>(Personal::State::open)) {
        throw cereal::Exception("a personal field has no such state");
    }
    personal.state = static_cast<Personal::State>(state);
    if (!personal.is_empty()) archive(personal.owner, personal.bytes);
}

// Any described struct: its public members, in the order in which they are described.
template <class Archive, class T>
requires boost::describe::has_describe_members<T>::value && std::is_class_v<T>
void CEREAL_SERIALIZE_FUNCTION_NAME(Archive& archive, T& value) {
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto member) { archive(value.*member.pointer); });
}

template <class T>
[[nodiscard]] std::string to_bytes(const T& value) {
    std::string bytes;
    bytes.reserve(256);
    OutputArchive archive(bytes);
    archive(value);
    return bytes;
}

// Errors: corruption, when the bytes are too short, too long or not a T.
template <class T>
[[nodiscard]] Result<T> from_bytes(std::string_view bytes) {
    try {
        InputArchive archive(bytes);
        T value;
        archive(value);
        if (!archive.rest().empty()) {
            return error(ErrorCode::corruption, "bytes are left over after the payload");
        }
        return value;
    } catch (const std::exception& fault) {
        return error(ErrorCode::corruption,
                     std::string("the payload cannot be read: ") + fault.what());
    }
}

}  // namespace jejak::record

CEREAL_REGISTER_ARCHIVE(jejak::record::OutputArchive)
CEREAL_REGISTER_ARCHIVE(jejak::record::InputArchive)
CEREAL_SETUP_ARCHIVE_TRAITS(jejak::record::InputArchive, jejak::record::OutputArchive)
