#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "tools/backend/exchange.hpp"

// Every resource of the backend, in one table: what is routed, refused and described (openapi.hpp)
// follows from it.
namespace jejak::tools::backend {

// A parameter of the query. `schema` is JSON.
struct QueryParameter {
    std::string_view name, schema, summary_en, summary_id;
    bool many = false;  // may stand several times
};
[[nodiscard]] std::span<const QueryParameter> query_parameters();

struct Route {
    std::string_view method;  // GET also answers HEAD
    std::string_view path;    // "/v1/appraisals/{id}/history": {…} is one segment
    std::string_view summary_en, summary_id;
    std::vector<std::string_view> query;  // names of query_parameters()
    std::string_view body;                // name of a schema (openapi.cpp), "" for none
    std::string_view answer;              // name of a schema; "" for one that is no JSON
    bool for_anybody = false;             // also who is not known may ask
    void (*handle)(const ExchangePointer&) = nullptr;
    bool by_ticket = false;  // ?ticket= instead of credentials (POST /v1/tickets)
};
[[nodiscard]] std::span<const Route> routes();

// What a path leads to.
struct Routed {
    const Route* route = nullptr;    // null: none with this method
    std::vector<std::string> parts;  // of the path, for {…}
    std::string allowed;             // methods of the path; "" for no such path
};
[[nodiscard]] Routed route_of(std::string_view method, std::string_view path);

// Problem of a query that the route does not take, or empty.
[[nodiscard]] std::optional<Problem> check_query(const Route& route, const http::Pairs& query);

// The handlers, by what they are about. Each answers once, at once or later.
namespace handle {
void health(const ExchangePointer&);
void readiness(const ExchangePointer&);
void metrics(const ExchangePointer&);
void caller(const ExchangePointer&);
void openapi(const ExchangePointer&);

void open_appraisal(const ExchangePointer&);
void verb(const ExchangePointer&);
void command(const ExchangePointer&);
void commands(const ExchangePointer&);

void make_feedback_link(const ExchangePointer&);
void feedback_form(const ExchangePointer&);
void give_feedback_by_link(const ExchangePointer&);

void appraisal(const ExchangePointer&);
void history(const ExchangePointer&);
void explanation(const ExchangePointer&);
void actions(const ExchangePointer&);
void what_if(const ExchangePointer&);
void dispute(const ExchangePointer&);
void reads(const ExchangePointer&);

void appraisals(const ExchangePointer&);
void find_appraisals(const ExchangePointer&);
void scoreboard(const ExchangePointer&);
void tasks(const ExchangePointer&);
void find_tasks(const ExchangePointer&);
void deadlines(const ExchangePointer&);
void policies(const ExchangePointer&);
void policy(const ExchangePointer&);

void events(const ExchangePointer&);
void ticket(const ExchangePointer&);
}  // namespace handle

}  // namespace jejak::tools::backend
