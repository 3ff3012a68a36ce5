#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"
#include "engine/result.hpp"

namespace jejak::json {

// One thing that is wrong with a document.
struct Problem {
    std::string pointer;  // where, as JSON pointer (RFC 6901); "" is the document itself
    std::string message;  // what, and how to write it
    friend bool operator==(const Problem&, const Problem&) = default;
};

// Adds "/member" to a pointer, with ~ and / escaped.
void append_step(std::string& pointer, std::string_view member);

// "/data/ratings/0/value: …", one problem a line.
[[nodiscard]] std::string to_text(const std::vector<Problem>& problems);

// Goes along while a document is read: knows the place, collects all that is wrong, and turns the
// people that are named in it into pseudonyms. One thread.
class Reader {
  public:
    // Errors become problems of the place where the person stands.
    using ReadPerson = std::function<Result<PersonId>(std::string_view outside_identifier)>;

    explicit Reader(ReadPerson read_person) : read_person_(std::move(read_person)) {}

    [[nodiscard]] bool ok() const { return problems_.empty(); }
    [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }
    // So much is wrong that no more is noted.
    [[nodiscard]] bool is_full() const;

    void problem(std::string message);
    void problem_at(std::string_view member, std::string message);
    [[nodiscard]] PersonId read_person(std::string_view outside_identifier);

    // One step down, to a member or an element, until it goes out of scope.
    class Step {
      public:
        Step(Reader& reader, std::string_view member);
        ~Step() { reader_.pointer_.resize(size_before_); }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

      private:
        Reader& reader_;
        std::size_t size_before_;
    };

  private:
    ReadPerson read_person_;
    std::string pointer_;
    std::vector<Problem> problems_;
};

// The name among `names` that is spelt most like `wanted`; empty when none is near.
[[nodiscard]] std::string_view nearest_name(std::string_view wanted,
                                            const std::vector<std::string_view>& names);

// "open_appraisal, agree_plan, finalise"
[[nodiscard]] std::string joined(const std::vector<std::string_view>& names);

}  // namespace jejak::json
