#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/workflows/policies.hpp"
#include "tests/workflows/spec.hpp"

// Commands as they are usually given, and the histories that they make.
namespace jejak::appraisal::specs {

[[nodiscard]] OpenAppraisal open_under(std::string_view policy = lenient);
[[nodiscard]] PlanItem plan_item();  // "imunisasi": target 100, weight 100
[[nodiscard]] AgreePlan a_plan();
[[nodiscard]] SubmitSelfAssessment self_assessment();  // 90 of 100; all fives
[[nodiscard]] SubmitReview a_review();                 // imunisasi 4, kerja_sama 4, komunikasi 3
[[nodiscard]] GiveFeedback feedback(PersonId rater, std::string_view source, std::string kerja_sama,
                                    std::string komunikasi);
[[nodiscard]] WaiveStage waive(std::string_view stage, std::string_view ground = "leave");
[[nodiscard]] ReassignSupervisor reassign();  // to new_supervisor and new_superior
[[nodiscard]] RecordSource aggregate();       // of the community, 12 respondents
[[nodiscard]] RecordSurvey survey();
[[nodiscard]] CarryScore carry();  // of "tahun-lalu", finalised with 88.5
[[nodiscard]] FileObjection objection();
[[nodiscard]] DecideObjection decision(std::string_view outcome);
[[nodiscard]] AssignPanel a_panel();             // the superior, new_superior, new_supervisor
[[nodiscard]] ProposeCorrection a_correction();  // komunikasi 4
[[nodiscard]] AnnulResult annulment(std::string_view reopens);

// Histories under a policy with a plan (lenient, strict), up to a point on the usual way.
[[nodiscard]] Life opened(std::string_view policy = lenient);
[[nodiscard]] Life planned(std::string_view policy = lenient);
[[nodiscard]] Life self_assessed(std::string_view policy = lenient);
[[nodiscard]] Life reviewed(std::string_view policy = lenient);
[[nodiscard]] Life feedback_opened(std::string_view policy = lenient);
[[nodiscard]] Life feedback_closed(std::string_view policy = lenient);  // two peers: 5 3, 5 5
[[nodiscard]] Life weighed(std::string_view policy = lenient);
[[nodiscard]] Life finalised(std::string_view policy = lenient);
[[nodiscard]] Life disputed(std::string_view policy = lenient);
[[nodiscard]] Life answered(std::string_view policy = lenient);
[[nodiscard]] Life cancelled(std::string_view policy = lenient);
// A history that stands in this phase.
[[nodiscard]] std::vector<Event> history_in(Phase phase);

// Whole lives by name; together they meet every legal pair of phase and event.
[[nodiscard]] std::vector<std::pair<std::string, std::vector<Event>>> whole_lives();

}  // namespace jejak::appraisal::specs
