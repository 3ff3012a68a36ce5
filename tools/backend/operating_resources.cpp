#include "tools/backend/openapi.hpp"
#include "tools/backend/routes.hpp"

// What is asked about the backend itself.
namespace jejak::tools::backend::handle {

void health(const ExchangePointer& exchange) {
    exchange->json(boost::json::object{{"status", "ok"}});
}

void readiness(const ExchangePointer& exchange) {
    const auto head = exchange->workspace().events().head();
    if (!head) return exchange->fail(head.error());
    exchange->json(boost::json::object{{"status", "ready"}, {"position", head->position.value}});
}

void metrics(const ExchangePointer& exchange) {
    exchange->answer({200,
                      std::string(jejak::metrics::exposition_type),
                      exchange->context.registry.expose(),
                      {}});
}

void caller(const ExchangePointer& exchange) {
    boost::json::array offices;
    for (const auto& office : exchange->caller.offices)
        offices.emplace_back(office);
    exchange->json(
        boost::json::object{{"person", exchange->caller.id},
                            {"offices", std::move(offices)},
                            {"links", boost::json::object{{"tasks", "/v1/tasks"},
                                                          {"appraisals", "/v1/appraisals"},
                                                          {"policies", "/v1/policies"},
                                                          {"commands", "/v1/commands"},
                                                          {"description", "/openapi.json"}}}});
}

void openapi(const ExchangePointer& exchange) {
    static const auto description = openapi_document();
    exchange->json(description);
}

}  // namespace jejak::tools::backend::handle
