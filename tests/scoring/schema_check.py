#!/usr/bin/env python3
"""Check JSON documents against a JSON Schema (draft 2020-12).

    schema_check.py SCHEMA FILE...

Prints every violation as `FILE#pointer: message`. Exits with 0 if there is none, with 1 if there
is any, with 2 if it was called wrongly or the schema itself is no good. Needs jsonschema 4.10 or
later (Debian: python3-jsonschema).
"""

import decimal
import json
import sys

try:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
except ImportError:
    print("python3-jsonschema is not installed; run tools/setup")
    sys.exit(77)  # the test is skipped

MESSAGE_LENGTH_MAX = 200


class Point(decimal.Decimal):
    """A number written with a point or an exponent. 1.0 is no integer in a policy."""

    __repr__ = decimal.Decimal.__str__


def unique(members):
    """The object of these members, each of which stands once."""
    found = {}
    for key, value in members:
        if key in found:
            raise ValueError(f'an object has "{key}" twice')
        found[key] = value
    return found


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(
            file, parse_float=Point, parse_constant=refuse_constant, object_pairs_hook=unique
        )


def pointer(error):
    tokens = (str(token).replace("~", "~0").replace("/", "~1") for token in error.absolute_path)
    return "".join("/" + token for token in tokens)


def shown(message):
    if len(message) > MESSAGE_LENGTH_MAX:
        half = MESSAGE_LENGTH_MAX // 2
        message = message[:half] + " … " + message[-half:]
    return message


def violations(validator, path):
    """The violations of one file, as (pointer, message), in the order of their pointers."""
    try:
        document = read(path)
    except (OSError, ValueError, RecursionError) as problem:
        return [("", f"cannot be read: {problem}")]
    return sorted((pointer(e), shown(e.message)) for e in validator.iter_errors(document))


def main(arguments):
    if len(arguments) < 2:
        print("usage: schema_check.py SCHEMA FILE...", file=sys.stderr)
        return 2
    schema_path, *paths = arguments
    try:
        with open(schema_path, encoding="utf-8") as file:
            schema = json.load(file)
        Draft202012Validator.check_schema(schema)
    except (OSError, ValueError, SchemaError) as problem:
        message = getattr(problem, "message", problem)
        print(f"{schema_path}: is no good as a schema: {message}", file=sys.stderr)
        return 2
    validator = Draft202012Validator(schema)
    found = False
    for path in paths:
        for where, message in violations(validator, path):
            print(f"{path}#{where}: {message}")
            found = True
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
