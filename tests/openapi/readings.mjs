// Every read and search of the document, with each of its parameters, as several callers; what they
// are answered is held against the contract by the house.
export const administrator = {person: 'nip:198811112012122005', offices: 'administrator,auditor'};
export const employee = {person: 'nip:198501012010011001'};
const callers = [
  administrator, employee, {person: 'nip:198002202006041003'}, {person: 'nip:199005052015051006'},
  {person: 'nip:200001012026011001'}, {person: 'no person'}, {}];

const appraisals = ['contoh-2026-001', 'contoh-2026-002', 'contoh-2026-003', 'contoh-2026-004',
                    'tidak-ada'];

// Values to try, the last of which is not valid.
const values = {
  as_of: ['2099-01-01T00:00:00Z', 'yesterday'],
  at_position: ['20', '0'], at_version: ['3', 'x'], min_position: ['5', '999999'],
  limit: ['1', '501'], cursor: ['%%%'], unit: ['Puskesmas Contoh', ''], agency: ['puskesmas', '?'],
  period: ['2026-Q1', ''], phase: ['finalised', 'asleep'], overdue: ['true', 'perhaps'],
  policy: ['contoh', 'contoh-majelis', 'tidak-ada'], without: ['peer', 'nobody'],
  set: ['pelayanan=5', 'pelayanan'], leave_one_out: ['true', 'maybe'],
  appraisal: ['contoh-2026-001', ''], after: ['1', '-1'], ticket: ['tidak-ada'],
  unknown_parameter: ['1'],
};

function pathsOf(operation) {
  if (operation.path.includes('{id}')) {
    return appraisals.map((each) => operation.path.replace('{id}', each));
  }
  const policies = operation.path.includes('{policy}') ? values.policy : [''];
  return policies.map((each) => operation.path.replace('{policy}', each));
}

function queriesOf(operation) {
  const names = (operation.parameters ?? []).filter((each) => each.in === 'query')
    .map((each) => each.name);
  const untried = names.filter((name) => !values[name]);
  if (untried.length > 0) throw new Error(`readings.mjs: values are missing for ${untried}`);
  return ['', ...[...names, 'unknown_parameter'].flatMap(
    (name) => values[name].map((value) => `?${name}=${encodeURIComponent(value)}`))];
}

// Asks them all; the number of answers. A stream of events is taken leave of after its first byte.
export async function readAll(house) {
  let answers = 0;
  for (const operation of house.contract.operations) {
    if (operation.method !== 'get') continue;
    for (const path of pathsOf(operation)) {
      for (const query of queriesOf(operation)) {
        for (const caller of operation.security?.length === 0 ? [{}] : callers) {
          await read(house, operation, path + query, caller);
          answers += 1;
        }
      }
    }
  }
  return answers;
}

async function read(house, operation, url, caller) {
  if (operation.path !== '/v1/events') return house.ask('GET', url, caller);
  const leave = new AbortController();
  const headers = {'X-Jejak-Person': caller.person ?? '', 'X-Jejak-Offices': caller.offices ?? ''};
  const response = await house.fetch(house.address + url, {headers, signal: leave.signal});
  if (response.ok) house.hold('GET', url, response, '');
  leave.abort();
  return response;
}

// Feedback of a citizen: a link, what it asks, and what he says, once and again.
async function askByLink(house) {
  const policy = {policy: 'warga', title: {id: 'Warga', en: 'Citizens'},
    scale: {min: '1', max: '5', decimals: 0},
    groups: [{id: 'perilaku', weight: '100', title: {id: 'Perilaku', en: 'Behaviour'}}],
    criteria: [{id: 'pelayanan', group: 'perilaku', title: {id: 'Pelayanan', en: 'Service'}}],
    sources: [{id: 'supervisor', by: 'supervisor', weight: '50',
               title: {id: 'Pejabat penilai', en: 'Supervisor'}},
              {id: 'warga', by: 'community', weight: '50', title: {id: 'Warga', en: 'Citizens'}}],
    rounding: [{at: 'total', decimals: 2, mode: 'half_up'}],
    stages: {self_assessment: 'unused', review: 'required', feedback: 'waivable'}};
  await house.ask('POST', '/v1/commands', administrator, {body: {command: 'publish_policy',
    policy: 'warga', actor: {role: 'administrator'}, data: {document: policy}}});
  await house.ask('POST', '/v1/appraisals', administrator, {body: {appraisal: 'berwarga',
    subject: employee.person, post: 'Bidan', unit: 'Puskesmas Contoh', period: '2031',
    kind: 'annual', supervisor: 'nip:198002202006041003', superior: 'nip:197001011995031004',
    policy: 'warga'}});
  await house.ask('POST', '/v1/appraisals/berwarga/open-feedback', administrator, {body: {}});
  const {link} = (await house.ask('POST', '/v1/appraisals/berwarga/feedback-links', administrator,
                                  {body: {source: 'warga'}})).body;
  const ratings = [{criterion: 'pelayanan', value: '5'}];
  for (const text of [link, 'bukan-tautan']) {
    await house.ask('POST', '/v1/feedback/form', administrator, {body: {link: text}});
    await house.ask('POST', '/v1/feedback', administrator, {body: {link: text, ratings}});
  }
}

// Pages one by one, searches, a ticket, opening under a name that the caller did not choose, and
// what has to be refused.
export async function askTheRest(house) {
  for (const path of ['/v1/appraisals', '/v1/scoreboard']) {
    const seen = new Set();
    for (let cursor = ''; cursor !== null && !seen.has(cursor);) {
      seen.add(cursor);
      const url = `${path}?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      cursor = (await house.ask('GET', url, administrator)).body.next_cursor;
    }
    if (seen.size < 2) throw new Error(`${path}?limit=1 had one page only`);
  }
  for (const path of ['/v1/appraisals/search', '/v1/tasks/search']) {
    for (const body of [{person: employee.person}, {person: 'x'}, {}, [], {person: 7}]) {
      for (const caller of callers) await house.ask('POST', path, caller, {body});
    }
  }
  for (const caller of callers) await house.ask('POST', '/v1/tickets', caller);
  await askByLink(house);
  const {data} = (await house.ask('GET', '/v1/commands', administrator)).body
    .find((each) => each.command === 'open_appraisal').example;
  const body = {...data, period: '2027-Q1'};
  for (const caller of callers) await house.ask('POST', '/v1/appraisals', caller, {body});
  await house.ask('POST', '/v1/appraisals', administrator, {body: {...body, appraisal: 7}});
  for (const unnamed of ['supervisor', 'superior']) {
    const {[unnamed]: _, ...rest} = {...body, appraisal: `tanpa-${unnamed}`, period: '2028-Q1'};
    await house.ask('POST', '/v1/appraisals', administrator, {body: rest});
    await house.ask('GET', `/v1/appraisals/tanpa-${unnamed}`, administrator);
  }
  await house.ask('POST', '/v1/commands', administrator, {body: {command: 'no_such'}});
  await house.ask('POST', '/v1/appraisals/contoh-2026-001/no-such', administrator, {body: {}});
  await house.ask('POST', '/v1/appraisals/contoh-2026-001/finalise', employee,
                  {body: {}, headers: {'If-Match': '"1"'}});
  await house.ask('GET', '/v1/no-such', administrator);
  await house.ask('DELETE', '/v1/appraisals/contoh-2026-001', administrator);
}
