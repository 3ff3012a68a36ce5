#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/types.h>

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/cli/program.hpp"

// The backend as a process, spoken to with curl as a front end would.
namespace jejak::cli {

// `jejak serve` on a port of its own, ended when the test ends.
class Backend {
  public:
    explicit Backend(const std::string& directory, const std::vector<std::string>& more = {});
    ~Backend() { (void)end(SIGTERM); }
    Backend(const Backend&) = delete;
    Backend& operator=(const Backend&) = delete;

    // Sends the signal and gives the exit code; -1 where it was killed.
    int end(int signal);
    void signal(int signal) const { (void)::kill(process_, signal); }
    [[nodiscard]] const std::string& address() const { return address_; }

  private:
    pid_t process_ = 0;
    std::string address_;
};

struct Got {
    int status = 0;
    std::string head, body;
    // An object, or {"text": body}.
    [[nodiscard]] boost::json::object json() const;
};

// A backend on the sample of Sofifi.
class Http : public testing::Test {
  protected:
    void SetUp() override;
    // curl with these arguments; the path is the last one. With -d it sends JSON.
    [[nodiscard]] Got curl(std::vector<std::string> arguments) const;
    [[nodiscard]] Got get(const std::string& path, const std::string& person = "",
                          const std::string& offices = "") const;
    [[nodiscard]] Got post(const std::string& path, const std::string& body,
                           const std::string& person, const std::string& offices = "") const;

    static constexpr const char* one = "/v1/appraisals/sofifi-2025-001";
    static constexpr const char* subject = "nip:197601082003011752";
    static constexpr const char* a_colleague = "nip:198901122016121945";  // rates 001, not 004
    static constexpr const char* rater = "nip:198510042009042756";
    static constexpr const char* keeper_of_all = "nip:198811112012122005";
    Scratch scratch_;
    std::unique_ptr<Backend> backend_;
};

}  // namespace jejak::cli
