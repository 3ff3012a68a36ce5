// The examples of the catalogue tell one story. A command that the story has several times is an
// example only once: what lies between is told here, as the example again with other members.
const again = [
  {step: '10', of: 'submit_self_assessment'},
  {step: '13', of: 'submit_review'},
  {step: '16', of: 'invite_rater', data: {rater: 'nip:199102022016022007'}},
  {step: '18', of: 'give_feedback', actor: 'nip:199102022016022007'},
  {step: '28', of: 'file_objection'},
  {step: '31', of: 'open_appraisal', on: 'contoh-2026-002',
   data: {subject: 'nip:199208082018011009', period: '2026-Q2',
          supervisor: 'nip:198002202006041003'}},
  {step: '32', of: 'agree_plan', on: 'contoh-2026-002', actor: 'nip:198002202006041003',
   data: {expectations: []}},
  {step: '35', of: 'open_appraisal', on: 'contoh-2026-003',
   data: {period: '2026-Q2', supervisor: 'nip:198002202006041003'}},
  {step: '57', of: 'publish_policy', policy: 'contoh-majelis'},
  {step: '58', of: 'open_appraisal', on: 'contoh-2026-004',
   data: {subject: 'nip:199208082018011009', period: '2026-05', kind: 'monthly',
          supervisor: 'nip:198002202006041003'}},
  {step: '60', of: 'submit_review', on: 'contoh-2026-004',
   data: {ratings: [{criterion: 'pelayanan', value: '3'}]}},
  {step: '61', of: 'finalise', on: 'contoh-2026-004'},
  {step: '62', of: 'file_objection', on: 'contoh-2026-004', actor: 'nip:199208082018011009'},
  {step: '63', of: 'answer_objection', on: 'contoh-2026-004'},
  {step: '66', of: 'decide_objection', on: 'contoh-2026-004', actor: 'nip:196905051992032003'},
  {step: '67', of: 'decide_objection', on: 'contoh-2026-004', actor: 'nip:197112121996031005'},
];

// Rules with no stage but the review: in the walk-through, and with a panel in the story.
export function briefPolicy(name, more = {}) {
  const titled = (id, en) => ({id, en});
  return {
    policy: name, title: titled('Ringkas', 'Brief'), scale: {min: '1', max: '5', decimals: 0},
    groups: [{id: 'perilaku', title: titled('Perilaku', 'Behaviour'), weight: '100'}],
    criteria: [{id: 'pelayanan', group: 'perilaku', title: titled('Pelayanan', 'Service')}],
    sources: [{id: 'supervisor', by: 'supervisor', weight: '100', factor: '20',
               title: titled('Pejabat penilai', 'Supervisor')}],
    rounding: [{at: 'total', decimals: 2, mode: 'half_up'}],
    stages: {self_assessment: 'unused', review: 'required', feedback: 'unused'},
    ...more};
}

// Whole requests, in the order of the story.
export function toldStory(catalogue) {
  const example = (name) => catalogue.find((each) => each.command === name).example;
  const steps = catalogue.map((each) => each.example);
  for (const each of again) {
    const step = structuredClone(example(each.of));
    step.command_id = `story-${each.step}`;
    if (each.on) step.appraisal = each.on;
    if (each.actor) step.actor.id = each.actor;
    if (each.on) delete step.expected_version;
    Object.assign(step.data, each.data);
    if (each.policy) {
      step.policy = each.policy;
      step.data = {document: briefPolicy(each.policy, {panel: {size: 3, quorum: 2}})};
    }
    steps.push(step);
  }
  return steps.sort((a, b) => a.command_id.localeCompare(b.command_id, 'en', {numeric: true}));
}

const offices = ['administrator', 'registrar'];

export function callerOf(step) {
  const {id, role} = step.actor;
  return {person: id, offices: offices.includes(role) ? role : ''};
}

// A whole command.
export function asCommand(house, step) {
  return house.ask('POST', '/v1/commands', callerOf(step), {body: step});
}

// The verb of the appraisal, where the command is about one; else the whole command.
export function asVerb(house, step, workflow) {
  if (workflow !== 'appraisal') return asCommand(house, step);
  const headers = {'Idempotency-Key': step.command_id, 'X-Acting-Role': step.actor.role};
  if (step.actor.on_behalf_of) headers['X-On-Behalf-Of'] = step.actor.on_behalf_of;
  if (step.expected_version) headers['If-Match'] = `"${step.expected_version}"`;
  const path = `/v1/appraisals/${step.appraisal}/${step.command.replaceAll('_', '-')}`;
  return house.ask('POST', path, callerOf(step), {body: step.data, headers});
}
