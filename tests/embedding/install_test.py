"""Installs jejak into an empty folder and lets other people's programs use it from there: in C
through pkg-config, in C++ through find_package, in Node through koffi. Each opens the same data
directory in turn, leads an appraisal to its score and hears of it.

usage: install_test.py BUILD_DIRECTORY SOURCE_DIRECTORY
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
EVENTS = ["appraisal.opened", "appraisal.self_assessment_waived", "appraisal.review_submitted",
          "appraisal.feedback_waived", "appraisal.finalised"]


def run(*command, **more):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, **more)
    if done.returncode != 0:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def check(is_so, remedy):
    if not is_so:
        sys.exit(remedy)


def check_told(program, output, token, score):
    """Three events, then the appraisal, a line each."""
    lines = [json.loads(line) for line in output.splitlines()]
    heard = [line["event"] for line in lines[:-1]]
    check(heard == EVENTS, f"{program} heard {heard} instead of {EVENTS}")
    last = lines[-1]
    last = last.get("body", last)
    check(last["appraisal"] == token and last["final"]["score"] == score,
          f"{program}: {token} should end with {score}, not {last}")


def main():
    build, source = (pathlib.Path(path) for path in sys.argv[1:])
    examples = source / "tools/embedding/examples"
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="jejak-embedding-"))
    prefix, data = scratch / "prefix", scratch / "data"
    run("cmake", "--install", build, "--prefix", prefix)
    library = next(prefix.glob("lib/**/libjejak.so.1"))
    shown = [line.split()[-1] for line in run("nm", "-D", "--defined-only", library).splitlines()]
    foreign = [name for name in shown if not name.startswith("jejak_") and name != "JEJAK_1"]
    check(not foreign, f"libjejak.so shows more than jejak.h says: {foreign[:5]}")
    check(all(name.endswith("@@JEJAK_1") for name in shown if name != "JEJAK_1"),
          f"a function has no version; add it to tools/embedding/libjejak.map: {shown}")

    environment = dict(os.environ, LD_LIBRARY_PATH=str(library.parent),
                       PKG_CONFIG_PATH=str(library.parent / "pkgconfig"))
    in_c = scratch / "appraisal_in_c"
    flags = run("pkg-config", "--cflags", "--libs", "jejak", env=environment).split()
    run("cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", examples / "appraisal.c",
        *flags, "-o", in_c)
    check_told("appraisal.c", run(in_c, data, env=environment), "contoh-c", "80.00")

    run("cmake", "-S", examples, "-B", scratch / "build", f"-DCMAKE_PREFIX_PATH={prefix}")
    run("cmake", "--build", scratch / "build")
    in_cpp = scratch / "build/appraisal_in_cpp"
    check_told("appraisal.cpp", run(in_cpp, data, env=environment), "contoh-cpp", "100.00")

    called = run(prefix / "bin/jejak", "--data", data, "call", "GET", "/v1/appraisals/contoh-cpp",
                 "--for", "nip:198501012010011001")
    check(json.loads(called)["final"]["score"] == "100.00", f"jejak call answers {called}")
    node = shutil.which("node")
    has_koffi = (examples / "node_modules/koffi").exists()
    if node and has_koffi:
        heard = run(node, examples / "appraisal.mjs", library, data, env=environment)
        check_told("appraisal.mjs", heard, "contoh-node", "60.00")
    run(prefix / "bin/jejak", "--data", data, "verify")
    shutil.rmtree(scratch)
    if not (node and has_koffi):
        print("C and C++ are right; Node was not tried: npm ci --prefix tools/embedding/examples")
        sys.exit(SKIP)


main()
