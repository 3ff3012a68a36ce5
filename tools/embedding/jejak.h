#pragma once

/* jejak as a library: the backend of `jejak serve` without a socket, in the program's own process.
 *
 * What can be asked is what the backend's description says (GET /openapi.json): the same paths,
 * bodies, problems and codes, the same rules of who may do and see what. Who calls is what the
 * program around says; it has to know that, jejak believes it.
 *
 *   caller: {"person": "nip:198501012010011001", "offices": ["registrar"]} as JSON; "offices"
 *           (administrator, auditor, registrar) may be left out. NULL: nobody.
 *
 * Texts are UTF-8, ended by NUL. Everything given out is the caller's, to be freed by the function
 * named with it; a text inside of it lives as long as it does. No function throws, ends the process
 * or writes to standard output; an engine and its answers may be used by several threads at a time,
 * a subscription by one, and nothing may be under way when an engine is closed.
 *
 * The functions of a version stay as they are: what is added later has a new version (JEJAK_2).
 */

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define JEJAK_API __attribute__((visibility("default")))
#else
#define JEJAK_API
#endif

typedef struct jejak_engine jejak_engine;
typedef struct jejak_answer jejak_answer;
typedef struct jejak_subscription jejak_subscription;

/* "0.1.0". Static. */
JEJAK_API const char* jejak_version(void);

/* Opens a data directory for writing, and makes it if need be. One process writes at a time.
 *
 *   options: NULL, or JSON: {"log_level": "warn"} (trace, debug, info, warn, error, off; what is
 *            logged goes to standard error; default off).
 *
 * NULL: it cannot be opened. Then *problem, unless `problem` is NULL, says why and what to do; it
 * is to be freed by jejak_answer_free(). While it is open it keeps time: an objection whose clock
 * ran out is recorded. To be closed by jejak_close(). */
JEJAK_API jejak_engine* jejak_open(const char* directory, const char* options,
                                   jejak_answer** problem);

/* Sends one command and waits for what became of it; what was accepted (status 200) is on disk.
 * Several threads that send at the same time share one write.
 *
 *   command: {"command": "submit_review", "command_id": "…", "appraisal": "…",
 *             "actor": {"role": "supervisor"}, "data": {…}}
 *
 * As POST /v1/commands; the same command_id again gets the first answer again. Never NULL; to be
 * freed by jejak_answer_free(). */
JEJAK_API jejak_answer* jejak_execute(jejak_engine* engine, const char* caller,
                                      const char* command);

/* Reads: "/v1/appraisals/lampung-2025-001/history?as_of=2025-06-30T00:00:00%2B07:00". Sees all that
 * was acknowledged before. Never NULL; to be freed by jejak_answer_free(). */
JEJAK_API jejak_answer* jejak_query(jejak_engine* engine, const char* caller, const char* path);

/* Any request of the description, with its headers: {"If-Match": "\"7\""} or NULL, and its body, a
 * text of JSON or NULL. Never NULL; to be freed by jejak_answer_free(). Streams are refused (406):
 * jejak_subscribe() is for those. */
JEJAK_API jejak_answer* jejak_request(jejak_engine* engine, const char* caller, const char* method,
                                      const char* path, const char* headers, const char* body);

/* 200, 201: done; 4xx and 5xx: refused, the body is a problem (RFC 9457) with a stable "code". */
JEJAK_API int jejak_answer_status(const jejak_answer* answer);
/* JSON. Never NULL. */
JEJAK_API const char* jejak_answer_body(const jejak_answer* answer);
/* "ETag", "Jejak-Position", "Location"; letters in either case. NULL: there is none. */
JEJAK_API const char* jejak_answer_header(const jejak_answer* answer, const char* name);
/* NULL is nothing. */
JEJAK_API void jejak_answer_free(jejak_answer* answer);

/* What happens from now on, or behind a position of the log: "/v1/events?after=0&unit=dinas-a".
 * Only what the caller may know of. NULL: it is refused, and *problem says why, as in jejak_open().
 * To be ended by jejak_unsubscribe(). */
JEJAK_API jejak_subscription* jejak_subscribe(jejak_engine* engine, const char* caller,
                                              const char* path, jejak_answer** problem);

/* The next event, {"position": 42, "appraisal": "…", "event": "appraisal.review_submitted",
 * "version": 3, "recorded_at": "…", "unit": "…", "href": "/v1/appraisals/…"}, each once and in the
 * order of the log. Waits at most that long (a negative timeout: for ever); NULL: there was none in
 * that time. Valid until the next call with this subscription. Nothing is read ahead of who asks,
 * so a slow reader costs no memory. */
JEJAK_API const char* jejak_next(jejak_subscription* subscription, int timeout_ms);
/* NULL is nothing. */
JEJAK_API void jejak_unsubscribe(jejak_subscription* subscription);

/* Brings everything to disk and closes it. NULL: all is well, as it is for a NULL engine; else what
 * went wrong, to be freed by jejak_answer_free(). What was accepted is on disk in either case. */
JEJAK_API jejak_answer* jejak_close(jejak_engine* engine);

#ifdef __cplusplus
}
#endif
