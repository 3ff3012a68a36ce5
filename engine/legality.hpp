#pragma once

// Boost.MSM as judge of legality: a transition table of empty tags, without actions or guards,
// asked one question at a time. Include it in the one .cpp that holds the table.
//
// Tables past 20 rows need, before any Boost header, BOOST_MPL_CFG_NO_PREPROCESSED_HEADERS,
// BOOST_MPL_LIMIT_VECTOR_SIZE 50 (and its siblings) and FUSION_MAX_VECTOR_SIZE.

#include <boost/msm/back/metafunctions.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>
#include <boost/serialization/base_object.hpp>

namespace jejak::legality {

template <auto phase>
struct At : boost::msm::front::state<> {
    static constexpr auto value = phase;
};

template <auto kind>
struct On {
    static constexpr auto value = kind;
};

// One move. Nothing may be attached to it: what a fact means is evolve's business.
template <class From, class Event, class To>
struct Move
    : boost::msm::front::Row<From, Event, To, boost::msm::front::none, boost::msm::front::none> {};

}  // namespace jejak::legality
