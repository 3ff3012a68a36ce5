// The walk-through of adapters/README.md, by a client that a stock generator made of the document:
// one appraisal from opening to a decided objection. It is compiled strictly, so that the types of
// the document are tried as well. Function names are the document's operationIds.
import * as jejak from './client.js';

const people = {
  administrator: 'nip:198811112012122005', employee: 'nip:198501012010011001',
  supervisor: 'nip:198002202006041003', superior: 'nip:197001011995031004',
};

function as(person: keyof typeof people) {
  const offices = person === 'administrator' ? 'administrator' : '';
  return {headers: {'X-Jejak-Person': people[person], 'X-Jejak-Offices': offices}};
}

function expect(said: boolean, what: string, seen: unknown): void {
  if (!said) throw new Error(`generated client: expected ${what}, saw ${JSON.stringify(seen)}`);
}

// What a success carried; a problem ends the walk with its code.
async function done<R extends {status: number; data: unknown}>(asked: Promise<R>):
    Promise<Exclude<R['data'], jejak.Problem>> {
  const {status, data} = await asked;
  expect(status >= 200 && status < 300, 'a success', data);
  return data as Exclude<R['data'], jejak.Problem>;
}

export async function walk(address: string, heldFetch: typeof fetch,
                           document: Record<string, unknown>): Promise<number> {
  jejak.defaults.baseUrl = address;
  jejak.defaults.fetch = heldFetch;
  const id = 'jalan-1';
  const published = await done(jejak.postV1Commands(
    {command: 'publish_policy', policy: 'ringkas', actor: {role: 'administrator'},
     data: {document}}, {}, as('administrator')));
  expect(published.events[0] === 'policy.published', 'policy.published', published);

  const opened = await done(jejak.postV1Appraisals(
    {appraisal: id, subject: people.employee, post: 'Bidan', unit: 'puskesmas', period: '2026',
     kind: 'annual', supervisor: people.supervisor, superior: people.superior, policy: 'ringkas'},
    {idempotencyKey: 'jalan-open'}, as('administrator')));
  const line = await done(jejak.getV1AppraisalsId(id, {}, as('employee')));
  expect(line.phase === 'self_assessed' && line.version === opened.version,
         'that the review may begin', line);

  const ratings = (value: string) => [{criterion: 'pelayanan', value}];
  const seen = {idempotencyKey: 'jalan-review', ifMatch: `"${line.version}"`};
  const first = await done(
    jejak.postSubmitReview(id, {ratings: ratings('3')}, seen, as('supervisor')));
  const again = await done(
    jejak.postSubmitReview(id, {ratings: ratings('3')}, seen, as('supervisor')));
  expect(again.repeated && again.position === first.position, 'the first answer again', again);
  const early = await jejak.postDecideObjection(
    id, {outcome: 'upheld', reasons: 'Belum ada keberatan'}, {}, as('superior'));
  expect(early.status === 409 && 'code' in early.data && early.data.code === 'not_in_this_phase',
         'not_in_this_phase', early);

  await done(jejak.postFinalise(id, {}, {}, as('supervisor')));
  await done(jejak.postAcknowledgeResult(id, {comment: 'Diterima'}, {}, as('employee')));
  const explained = await done(jejak.getV1AppraisalsIdExplanation(id, {}, as('employee')));
  expect(explained.score === '60.00', 'the score 60.00', explained);
  await done(jejak.postFileObjection(
    id, {contested: ['pelayanan'], reasons: 'Kunjungan rumah tidak dihitung'}, {}, as('employee')));
  await done(jejak.postAnswerObjection(
    id, {reply: 'Catatannya belum saya terima'}, {}, as('supervisor')));
  const actions = await done(jejak.getV1AppraisalsIdActions(id, as('superior')));
  expect(actions.allowed.some((each) => each.command === 'decide_objection'),
         'that the superior may decide', actions);
  await done(jejak.postDecideObjection(
    id, {outcome: 'changed', ratings: ratings('4'), reasons: 'Buku kunjungan membuktikannya'}, {},
    as('superior')));

  const result = await done(jejak.getV1AppraisalsId(id, {}, as('employee')));
  expect(result.phase === 'finalised' && result.final?.score === '80.00',
         'the score 80.00', result);
  const before = await done(
    jejak.getV1AppraisalsId(id, {atVersion: line.version}, as('employee')));
  expect(before.phase === 'self_assessed', 'the appraisal of then', before);
  const history = await done(jejak.getV1AppraisalsIdHistory(id, {}, as('employee')));
  return history.records.length;
}
