// The same appraisal from C++ (appraisal.c publishes its policy; this opens one of its own):
//
//   cmake -B build -DCMAKE_PREFIX_PATH=/usr/local && cmake --build build
//   build/appraisal_in_cpp data
#include <iostream>
#include <jejak/jejak.hpp>
#include <string>

namespace {

const jejak::Caller administrator{"nip:198811112012122005", {"administrator"}};
const jejak::Caller employee{"nip:198501012010011001", {}};
const jejak::Caller supervisor{"nip:198002202006041003", {}};

const std::string policy = R"({
  "policy": "ringkas-cpp", "title": {"id": "Ringkas", "en": "Brief"},
  "scale": {"min": "1", "max": "5", "decimals": 0},
  "groups": [{"id": "perilaku", "title": {"id": "Perilaku", "en": "Behaviour"}, "weight": "100"}],
  "criteria": [{"id": "pelayanan", "group": "perilaku", "title": {"id": "Pelayanan", "en": "Service"}}],
  "sources": [{"id": "supervisor", "by": "supervisor", "weight": "100", "factor": "20",
               "title": {"id": "Pejabat penilai", "en": "Supervisor"}}],
  "rounding": [{"at": "total", "decimals": 2, "mode": "half_up"}],
  "stages": {"self_assessment": "unused", "review": "required", "feedback": "unused"}})";

// Sends a verb; a "no" ends the program with its reason.
void send(jejak::Engine& engine, const jejak::Caller& caller, const std::string& verb,
          const std::string& data) {
    const auto answer = engine.request(caller, "POST", "/v1/appraisals/contoh-cpp/" + verb, data);
    if (!answer.is_ok()) throw jejak::Failure(answer);
}

void live_through(jejak::Engine& engine) {
    const auto published = engine.execute(
        administrator,
        R"({"command": "publish_policy", "policy": "ringkas-cpp", "command_id": "cpp-1",
            "actor": {"role": "administrator"}, "data": {"document": )" +
            policy + "}}");
    if (!published.is_ok()) throw jejak::Failure(published);
    send(engine, administrator, "open-appraisal", R"({
        "subject": "nip:198501012010011001", "post": "Bidan", "unit": "puskesmas",
        "period": "2027", "kind": "annual", "supervisor": "nip:198002202006041003",
        "superior": "nip:197001011995031004", "policy": "ringkas-cpp"})");
    send(engine, supervisor, "submit-review",
         R"({"ratings": [{"criterion": "pelayanan", "value": "5"}]})");
    send(engine, supervisor, "finalise", "{}");
}

}  // namespace

int main(int argc, char** argv) try {
    auto engine = jejak::Engine::open(argc > 1 ? argv[1] : "jejak-data");
    live_through(engine);
    {
        auto events = engine.subscribe(employee, "/v1/events?after=0&appraisal=contoh-cpp");
        for (int i = 0; i < 5; ++i) {
            const auto event = events.next(std::chrono::seconds(5));
            if (event) std::cout << *event << '\n';
        }
    }
    std::cout << engine.query(employee, "/v1/appraisals/contoh-cpp").body();
    engine.close();
    return 0;
} catch (const jejak::Failure& failure) {
    std::cerr << failure.what();
    return 1;
}
