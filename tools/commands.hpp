#pragma once

#include <CLI/CLI.hpp>

#include "tools/session.hpp"

// One function a command of the program: it adds its flags and what is done when it is called.
namespace jejak::tools {

void add_import(CLI::App& app, Session& session);
void add_show(CLI::App& app, Session& session);
void add_history(CLI::App& app, Session& session);
void add_list(CLI::App& app, Session& session);
void add_tasks(CLI::App& app, Session& session);
void add_deadlines(CLI::App& app, Session& session);
void add_explain(CLI::App& app, Session& session);
void add_what_if(CLI::App& app, Session& session);
void add_diff(CLI::App& app, Session& session);
void add_dispute(CLI::App& app, Session& session);
void add_evidence(CLI::App& app, Session& session);
void add_verify_evidence(CLI::App& app, Session& session);
void add_serve(CLI::App& app, Session& session);
void add_call(CLI::App& app, Session& session);
void add_tick(CLI::App& app, Session& session);
void add_recommend(CLI::App& app, Session& session);
void add_dossier(CLI::App& app, Session& session);
void add_open(CLI::App& app, Session& session);  // from a roster
void add_org(CLI::App& app, Session& session);
void add_org_impact(CLI::App& org, Session& session);
void add_org_completeness(CLI::App& org, Session& session);
void add_org_reassign(CLI::App& org, Session& session);
void add_org_segments(CLI::App& org, Session& session);
void add_org_import(CLI::App& org, Session& session);
void add_combine(CLI::App& app, Session& session);
void add_unit(CLI::App& app, Session& session);          // distribution, training needs
void add_unit_series(CLI::App& unit, Session& session);  // indicators, cascade
void add_board(CLI::App& app, Session& session);
void add_audit(CLI::App& app, Session& session);
void add_verify(CLI::App& app, Session& session);
void add_rebuild(CLI::App& app, Session& session);
void add_export(CLI::App& app, Session& session);
void add_policy(CLI::App& app, Session& session);
void add_policy_library(CLI::App& policy, Session& session);  // conform, schema, choose
void add_describe(CLI::App& app, Session& session);           // diagram, commands

}  // namespace jejak::tools
