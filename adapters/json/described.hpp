#pragma once

// Described structs as JSON, both ways, and their schema: one description per type, no code each.
#include "adapters/json/from_json.hpp"
#include "adapters/json/schema.hpp"
#include "adapters/json/to_json.hpp"
