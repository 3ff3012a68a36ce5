/* One appraisal from its policy to its score, with libjejak from C:
 *
 *   cc appraisal.c $(pkg-config --cflags --libs jejak) -o appraisal && ./appraisal data
 */
#include <jejak/jejak.h>
#include <stdio.h>

static const char* const administrator =
    "{\"person\": \"nip:198811112012122005\", \"offices\": [\"administrator\"]}";
static const char* const employee = "{\"person\": \"nip:198501012010011001\"}";
static const char* const supervisor = "{\"person\": \"nip:198002202006041003\"}";

static const char* const commands[][2] = {
    {"administrator",
     "{\"command\": \"publish_policy\", \"policy\": \"ringkas\", \"command_id\": \"c-1\","
     " \"actor\": {\"role\": \"administrator\"}, \"data\": {\"document\": {"
     "  \"policy\": \"ringkas\", \"title\": {\"id\": \"Ringkas\", \"en\": \"Brief\"},"
     "  \"scale\": {\"min\": \"1\", \"max\": \"5\", \"decimals\": 0},"
     "  \"groups\": [{\"id\": \"perilaku\", \"weight\": \"100\","
     "    \"title\": {\"id\": \"Perilaku\", \"en\": \"Behaviour\"}}],"
     "  \"criteria\": [{\"id\": \"pelayanan\", \"group\": \"perilaku\","
     "    \"title\": {\"id\": \"Pelayanan\", \"en\": \"Service\"}}],"
     "  \"sources\": [{\"id\": \"supervisor\", \"by\": \"supervisor\", \"weight\": \"100\","
     "    \"factor\": \"20\", \"title\": {\"id\": \"Pejabat penilai\", \"en\": \"Supervisor\"}}],"
     "  \"rounding\": [{\"at\": \"total\", \"decimals\": 2, \"mode\": \"half_up\"}],"
     "  \"stages\": {\"self_assessment\": \"unused\", \"review\": \"required\","
     "    \"feedback\": \"unused\"}}}}"},
    {"administrator",
     "{\"command\": \"open_appraisal\", \"appraisal\": \"contoh-c\", \"command_id\": \"c-2\","
     " \"actor\": {\"role\": \"administrator\"}, \"data\": {"
     "  \"subject\": \"nip:198501012010011001\", \"post\": \"Bidan\", \"unit\": \"puskesmas\","
     "  \"period\": \"2026\", \"kind\": \"annual\", \"supervisor\": \"nip:198002202006041003\","
     "  \"superior\": \"nip:197001011995031004\", \"policy\": \"ringkas\"}}"},
    {"supervisor",
     "{\"command\": \"submit_review\", \"appraisal\": \"contoh-c\", \"command_id\": \"c-3\","
     " \"actor\": {\"role\": \"supervisor\"}, \"data\": {"
     "  \"ratings\": [{\"criterion\": \"pelayanan\", \"value\": \"4\"}]}}"},
    {"supervisor",
     "{\"command\": \"finalise\", \"appraisal\": \"contoh-c\", \"command_id\": \"c-4\","
     " \"actor\": {\"role\": \"supervisor\"}, \"data\": {}}"},
};

/* Says what went wrong; 1 is the exit code of the program then. */
static int failed(jejak_answer* problem) {
    if (problem != NULL) fputs(jejak_answer_body(problem), stderr);
    jejak_answer_free(problem);
    return 1;
}

static int live_through(jejak_engine* engine) {
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; ++i) {
        const char* caller = commands[i][0][0] == 'a' ? administrator : supervisor;
        jejak_answer* answer = jejak_execute(engine, caller, commands[i][1]);
        if (jejak_answer_status(answer) >= 400) return failed(answer);
        jejak_answer_free(answer);
    }
    return 0;
}

static int show_events(jejak_engine* engine) {
    jejak_answer* problem = NULL;
    jejak_subscription* events =
        jejak_subscribe(engine, employee, "/v1/events?after=0&appraisal=contoh-c", &problem);
    if (events == NULL) return failed(problem);
    for (int i = 0; i < 5; ++i) {
        const char* event = jejak_next(events, 5000);
        if (event == NULL) break;
        printf("%s\n", event);
    }
    jejak_unsubscribe(events);
    return 0;
}

int main(int argc, char** argv) {
    jejak_answer* problem = NULL;
    jejak_engine* engine = jejak_open(argc > 1 ? argv[1] : "jejak-data", NULL, &problem);
    if (engine == NULL) return failed(problem);
    int exit_code = live_through(engine);
    if (exit_code == 0) exit_code = show_events(engine);
    if (exit_code == 0) {
        jejak_answer* answer = jejak_query(engine, employee, "/v1/appraisals/contoh-c");
        fputs(jejak_answer_body(answer), stdout);
        jejak_answer_free(answer);
    }
    problem = jejak_close(engine);
    return problem == NULL ? exit_code : failed(problem);
}
