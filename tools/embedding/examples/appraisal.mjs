// The same appraisal from Node, through koffi (npm install):
//
//   node appraisal.mjs /usr/local/lib/x86_64-linux-gnu/libjejak.so data
import koffi from "koffi";

const [library = "libjejak.so.1", directory = "jejak-data"] = process.argv.slice(2);
const jejak = koffi.load(library);
const open = jejak.func("void* jejak_open(const char*, const char*, _Out_ void**)");
const request = jejak.func(
  "void* jejak_request(void*, const char*, const char*, const char*, const char*, const char*)");
const status = jejak.func("int jejak_answer_status(void*)");
const body = jejak.func("const char* jejak_answer_body(void*)");
const free = jejak.func("void jejak_answer_free(void*)");
const subscribe = jejak.func("void* jejak_subscribe(void*, const char*, const char*, _Out_ void**)");
const next = jejak.func("const char* jejak_next(void*, int)");
const unsubscribe = jejak.func("void jejak_unsubscribe(void*)");
const close = jejak.func("void* jejak_close(void*)");

// The body of an answer; a "no" is thrown with its reason.
function taken(answer) {
  const text = body(answer);
  const code = status(answer);
  free(answer);
  if (code >= 400) throw new Error(text);
  return JSON.parse(text);
}

// Waits on a thread of its own, so that Node goes on meanwhile.
const ask = (caller, method, path, data) => new Promise((resolve, reject) =>
  request.async(engine, JSON.stringify(caller), method, path, null,
    data === undefined ? null : JSON.stringify(data),
    (fault, answer) => {
      try {
        if (fault) throw fault;
        resolve(taken(answer));
      } catch (problem) {
        reject(problem);
      }
    }));

const problem = [null];
const engine = open(directory, null, problem);
if (engine === null) taken(problem[0]);

const administrator = { person: "nip:198811112012122005", offices: ["administrator"] };
const employee = { person: "nip:198501012010011001" };
const supervisor = { person: "nip:198002202006041003" };
const appraisal = "/v1/appraisals/contoh-node";

await ask(administrator, "POST", "/v1/commands", {
  command: "publish_policy", policy: "ringkas-node", command_id: "node-1",
  actor: { role: "administrator" },
  data: { document: {
    policy: "ringkas-node", title: { id: "Ringkas", en: "Brief" },
    scale: { min: "1", max: "5", decimals: 0 },
    groups: [{ id: "perilaku", title: { id: "Perilaku", en: "Behaviour" }, weight: "100" }],
    criteria: [{ id: "pelayanan", group: "perilaku", title: { id: "Pelayanan", en: "Service" } }],
    sources: [{ id: "supervisor", by: "supervisor", weight: "100", factor: "20",
                title: { id: "Pejabat penilai", en: "Supervisor" } }],
    rounding: [{ at: "total", decimals: 2, mode: "half_up" }],
    stages: { self_assessment: "unused", review: "required", feedback: "unused" },
  } },
});
await ask(administrator, "POST", `${appraisal}/open-appraisal`, {
  subject: employee.person, post: "Bidan", unit: "puskesmas", period: "2028", kind: "annual",
  supervisor: supervisor.person, superior: "nip:197001011995031004", policy: "ringkas-node",
});
await ask(supervisor, "POST", `${appraisal}/submit-review`,
  { ratings: [{ criterion: "pelayanan", value: "3" }] });
await ask(supervisor, "POST", `${appraisal}/finalise`, {});

const events = subscribe(engine, JSON.stringify(employee),
  "/v1/events?after=0&appraisal=contoh-node", problem);
if (events === null) taken(problem[0]);
for (let i = 0; i < 5; ++i) console.log(next(events, 5000));
unsubscribe(events);

console.log(JSON.stringify(await ask(employee, "GET", appraisal)));
const failure = close(engine);
if (failure !== null) taken(failure);
