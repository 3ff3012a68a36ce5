#include "tools/backend/answer_schemas.hpp"

#include <boost/json/parse.hpp>

// Answers are put together by hand (adapters/json views), so their schemas are written by hand too;
// a test holds every answer of a whole story against them.
namespace jejak::tools::backend {
namespace {

constexpr const char* schemas = R"json({
"Problem": {
  "type": "object", "description": "RFC 9457", "required": ["type", "title", "status", "code"],
  "properties": {
    "type": {"type": "string"},
    "title": {"type": "string", "description": "What the code means, in the language asked for"},
    "status": {"type": "integer"}, "detail": {"type": "string"},
    "code": {"type": "string", "description": "The rule of a refusal, or a stable word"},
    "errors": {
      "type": "array",
      "items": {
        "type": "object", "required": ["pointer", "message"],
        "properties": {"pointer": {"type": "string"}, "message": {"type": "string"}}
      }
    }
  }
},
"Health": {"type": "object", "required": ["status"], "properties": {"status": {"const": "ok"}}},
"Readiness": {
  "type": "object", "required": ["status", "position"],
  "properties": {
    "status": {"const": "ready"}, "position": {"$ref": "#/components/schemas/Position"}
  }
},
"Position": {"type": "integer", "minimum": 0, "description": "Place in the log, dense from 1"},
"Moment": {"type": "string", "format": "date-time"},
"Person": {"type": "string", "description": "namespace:identifier, [erased], or [sealed]"},
"Caller": {
  "type": "object", "required": ["person", "offices", "links"],
  "properties": {
    "person": {"type": "string"}, "offices": {"type": "array", "items": {"type": "string"}},
    "links": {"type": "object", "additionalProperties": {"type": "string"}}
  }
},
"FeedbackLinkRequest": {
  "type": "object", "required": ["source"], "additionalProperties": false,
  "properties": {
    "source": {"type": "string", "description": "a source of the policy that is by community"},
    "hours": {"type": "integer", "minimum": 1, "maximum": 2160, "default": 72}
  }
},
"FeedbackLink": {
  "type": "object", "required": ["link", "expires_at", "position"],
  "properties": {
    "link": {"type": "string", "description": "goes behind # of a page's address, never in a path"},
    "expires_at": {"type": "string", "format": "date-time"}, "position": {"type": "integer"}
  }
},
"FeedbackLinkText": {
  "type": "object", "required": ["link"], "additionalProperties": false,
  "properties": {"link": {"type": "string"}}
},
"FeedbackForm": {
  "type": "object", "required": ["unit", "post", "period", "source", "expires_at", "policy"],
  "properties": {
    "unit": {"type": "string"}, "post": {"type": "string"}, "period": {"type": "string"},
    "source": {"type": "string"}, "expires_at": {"type": "string", "format": "date-time"},
    "policy": {"type": "object"}
  }
},
"FeedbackByLink": {
  "type": "object", "required": ["link"], "additionalProperties": false,
  "properties": {
    "link": {"type": "string"}, "comment": {"type": "string"},
    "ratings": {
      "type": "array",
      "items": {
        "type": "object", "required": ["criterion", "value"], "additionalProperties": false,
        "properties": {"criterion": {"type": "string"}, "value": {"type": ["string", "integer"]}}
      }
    }
  }
},
"PersonQuery": {
  "type": "object", "required": ["person"], "additionalProperties": false,
  "properties": {"person": {"type": "string", "description": "namespace:identifier"}}
},
"Accepted": {
  "type": "object",
  "required": ["ok", "command_id", "version", "position", "recorded_at", "events", "repeated"],
  "properties": {
    "ok": {"const": true}, "command_id": {"type": "string"}, "appraisal": {"type": "string"},
    "policy": {"type": "string"}, "stream": {"type": "string"}, "version": {"type": "integer"},
    "position": {"$ref": "#/components/schemas/Position"},
    "recorded_at": {"$ref": "#/components/schemas/Moment"},
    "events": {"type": "array", "items": {"type": "string"}}, "repeated": {"type": "boolean"}
  }
},
"Final": {
  "type": ["object", "null"], "required": ["score", "predicate"],
  "properties": {"score": {"type": "string"}, "predicate": {"type": "string"}}
},
"AppraisalLine": {
  "type": "object",
  "required": [
    "appraisal", "subject", "unit", "period", "kind", "phase", "version", "policy", "final"
  ],
  "properties": {
    "appraisal": {"type": "string"}, "subject": {"$ref": "#/components/schemas/Person"},
    "unit": {"type": "string"}, "post": {"type": "string"}, "period": {"type": "string"},
    "kind": {"type": "string"},
    "phase": {
      "enum": [
        "draft", "self_assessed", "supervisor_reviewed", "feedback", "finalised", "disputed",
        "cancelled"
      ]
    },
    "version": {"type": "integer", "minimum": 1}, "policy": {"type": "string"},
    "policy_sha256": {"type": "string"}, "supervisor": {"$ref": "#/components/schemas/Person"},
    "final": {"$ref": "#/components/schemas/Final"}, "href": {"type": "string"}
  }
},
"Appraisal": {
  "allOf": [{"$ref": "#/components/schemas/AppraisalLine"}], "type": "object",
  "required": ["superior", "links"],
  "properties": {
    "superior": {"$ref": "#/components/schemas/Person"},
    "links": {"type": "object", "additionalProperties": {"type": "string"}},
    "plan": {
      "type": "array",
      "items": {
        "type": "object", "required": ["item"],
        "properties": {
          "item": {"type": "string"}, "result": {"type": "string"}, "target": {"type": "string"},
          "weight": {"type": "string"}, "realisation": {"type": "string"}
        }
      }
    },
    "ratings": {
      "type": "object",
      "additionalProperties": {
        "type": "array",
        "items": {
          "type": "object", "required": ["criterion", "value"],
          "properties": {"criterion": {"type": "string"}, "value": {"type": "string"}}
        }
      }
    },
    "feedback": {"type": "object", "additionalProperties": {"type": "integer"}},
    "survey": {
      "type": "object",
      "properties": {
        "element_means": {"type": "array", "items": {"type": "string"}},
        "respondents": {"type": "integer"}
      }
    },
    "due": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Moment"}},
    "acknowledged": {"type": "boolean"}
  }
},
"AppraisalPage": {
  "type": "object", "required": ["appraisals", "next_cursor"],
  "properties": {
    "appraisals": {
      "type": "array", "maxItems": 500, "items": {"$ref": "#/components/schemas/AppraisalLine"}
    },
    "next_cursor": {"type": ["string", "null"]}
  }
},
"Record": {
  "type": "object", "required": ["position", "stream", "event", "recorded_at", "actor", "data"],
  "properties": {
    "position": {"$ref": "#/components/schemas/Position"}, "stream": {"type": "string"},
    "version": {"type": "integer"}, "event": {"type": "string"},
    "recorded_at": {"$ref": "#/components/schemas/Moment"},
    "occurred_at": {"$ref": "#/components/schemas/Moment"},
    "actor": {
      "type": "object", "required": ["role"],
      "properties": {
        "role": {"type": "string"}, "id": {"type": "string"}, "rater": {"type": "string"},
        "on_behalf_of": {"type": "string"}
      }
    },
    "channel": {"type": "string"}, "command_id": {"type": "string"}, "data": {"type": "object"},
    "policy_position": {"$ref": "#/components/schemas/Position"}, "ground": {"type": "string"},
    "document_sha256": {"type": "string"}
  }
},
"History": {
  "type": "object", "required": ["appraisal", "records", "withheld"],
  "properties": {
    "appraisal": {"type": "string"},
    "records": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}},
    "withheld": {"type": "integer", "minimum": 0}
  }
},
"Explanation": {
  "type": "object", "required": ["appraisal", "recorded", "tree"],
  "properties": {
    "appraisal": {"type": "string"}, "recorded": {"type": "boolean"},
    "score": {"type": ["string", "null"]}, "predicate": {"type": ["string", "null"]}, "tree": {},
    "derivation": {"type": "object", "additionalProperties": true},
    "missing": {
      "type": "array",
      "items": {
        "type": "object", "required": ["what", "why"],
        "properties": {"what": {"type": "string"}, "why": {"type": "string"}}
      }
    },
    "events": {"type": "array", "items": {"type": "object", "additionalProperties": true}}
  }
},
"Action": {
  "type": "object", "required": ["command", "role", "href"],
  "properties": {
    "command": {"type": "string"}, "role": {"type": "string"}, "href": {"type": "string"},
    "until": {"type": ["string", "null"]}, "code": {"type": "string"},
    "reason": {"type": "string"}
  }
},
"Actions": {
  "type": "object", "required": ["appraisal", "allowed", "not_allowed"],
  "properties": {
    "appraisal": {"type": "string"},
    "allowed": {"type": "array", "items": {"$ref": "#/components/schemas/Action"}},
    "not_allowed": {"type": "array", "items": {"$ref": "#/components/schemas/Action"}}
  }
},
"WhatIf": {
  "type": "object", "required": ["appraisal"],
  "properties": {
    "appraisal": {"type": "string"}, "before": {"type": "object"}, "after": {"type": "object"},
    "difference": {"type": ["string", "null"]}, "predicate_changes": {"type": "boolean"},
    "effects": {"type": "array", "items": {"type": "object"}},
    "without_each": {"type": "array", "items": {"type": "object"}}
  }
},
"Dispute": {
  "type": "object",
  "required": [
    "appraisal", "phase", "score", "predicate", "contested", "statements", "clocks", "next"
  ],
  "properties": {
    "appraisal": {"type": "string"}, "phase": {"type": "string"}, "score": {"type": "string"},
    "predicate": {"type": "string"}, "contested": {"type": "array", "items": {"type": "object"}},
    "statements": {"type": "array", "items": {"$ref": "#/components/schemas/Record"}},
    "clocks": {"type": "array", "items": {"type": "object"}},
    "next": {"type": "array", "items": {"type": "object"}}
  }
},
"Commands": {
  "type": "array",
  "items": {
    "type": "object", "required": ["command", "workflow", "summary", "example", "request"],
    "properties": {
      "command": {"type": "string"}, "workflow": {"type": "string"},
      "summary": {"type": "object"}, "example": {"type": "object"}, "request": {"type": "object"},
      "href": {"type": "string"}
    }
  }
},
"ScoreboardPage": {
  "type": "object", "required": ["units", "next_cursor"],
  "properties": {
    "units": {
      "type": "array",
      "items": {
        "type": "object", "required": ["period", "unit", "opened", "by_phase", "results"],
        "properties": {
          "period": {"type": "string"}, "unit": {"type": "string"}, "opened": {"type": "integer"},
          "by_phase": {"type": "object", "additionalProperties": {"type": "integer"}},
          "results": {"type": "array", "items": {"type": "object"}}
        }
      }
    },
    "next_cursor": {"type": ["string", "null"]}
  }
},
"Tasks": {
  "type": "object", "required": ["tasks"],
  "properties": {
    "tasks": {
      "type": "array",
      "items": {
        "type": "object", "required": ["kind", "token", "href"],
        "properties": {
          "kind": {"type": "string"}, "token": {"type": "string"}, "source": {"type": "string"},
          "href": {"type": "string"}, "on_record": {"type": "string"}, "note": {"type": "string"},
          "due_at": {"$ref": "#/components/schemas/Moment"},
          "since": {"$ref": "#/components/schemas/Moment"}
        }
      }
    }
  }
},
"Deadlines": {
  "type": "object", "required": ["deadlines"],
  "properties": {
    "deadlines": {
      "type": "array",
      "items": {
        "type": "object", "required": ["appraisal", "phase", "deadline", "due_at", "overdue"],
        "properties": {
          "appraisal": {"type": "string"}, "phase": {"type": "string"},
          "deadline": {"type": "string"}, "due_at": {"$ref": "#/components/schemas/Moment"},
          "recorded_due_at": {"$ref": "#/components/schemas/Moment"},
          "letter": {"type": "string"}, "overdue": {"type": "boolean"}
        }
      }
    }
  }
},
"Reads": {
  "type": "object", "required": ["appraisal", "reads"],
  "properties": {
    "appraisal": {"type": "string"},
    "reads": {
      "type": "array",
      "items": {
        "type": "object", "required": ["hour", "reader", "office", "counts"],
        "properties": {
          "hour": {"$ref": "#/components/schemas/Moment"}, "reader": {"type": "string"},
          "office": {"type": "string"},
          "counts": {"type": "object", "additionalProperties": {"type": "integer"}}
        }
      }
    }
  }
},
"Ticket": {
  "type": "object", "required": ["ticket", "expires_in_s", "href"],
  "properties": {
    "ticket": {"type": "string"}, "expires_in_s": {"type": "integer"}, "href": {"type": "string"}
  }
},
"Policies": {
  "type": "object", "required": ["policies"],
  "properties": {
    "policies": {
      "type": "array",
      "items": {
        "type": "object", "required": ["policy", "sha256", "title", "position", "href"],
        "properties": {
          "policy": {"type": "string"}, "sha256": {"type": "string"}, "title": {"type": "object"},
          "position": {"$ref": "#/components/schemas/Position"}, "href": {"type": "string"}
        }
      }
    }
  }
},
"Policy": {
  "type": "object", "required": ["policy", "title"],
  "properties": {"policy": {"type": "string"}, "title": {"type": "object"}},
  "additionalProperties": true
}
})json";

}  // namespace

boost::json::object answer_schemas() {
    return boost::json::parse(schemas).as_object();
}

}  // namespace jejak::tools::backend
