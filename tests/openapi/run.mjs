// usage: node tests/openapi/run.mjs PATH_OF_JEJAK
// Holds the backend against its own OpenAPI document: the document against OpenAPI 3.1, every
// example executed, every answer against its schema, and an appraisal by a generated client.
// 0: all of it holds; 1: it does not, and why; 77: what npm installs is not there.
import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!process.argv[2]) {
  console.error('usage: node tests/openapi/run.mjs PATH_OF_JEJAK');
  process.exit(1);
}
if (!existsSync(`${here}node_modules/ajv`)) {
  console.log('skipped; first: npm ci --prefix tests/openapi');
  process.exit(77);
}
const binary = resolve(process.argv[2]);
const {Contract} = await import('./contract.mjs');
const {House} = await import('./house.mjs');
const {generatedClient} = await import('./client.mjs');
const {administrator, askTheRest, readAll} = await import('./readings.mjs');
const {asCommand, asVerb, briefPolicy, toldStory} = await import('./story.mjs');

const failures = [];

// What the story can not do, since the server's clock is later than its own: as it is told, the
// objection comes too late and what follows has none to be about; with a delivery of today there is
// still time to reply. Who was never named as its decider sees nothing of the appraisal.
const asTold = {
  'story-26': 'objection_late', 'story-27': 'not_in_this_phase', 'story-28': 'objection_late',
  'story-28b': 'not_in_this_phase', 'story-28c': 'not_in_this_phase',
  'story-29': 'not_in_this_phase', 'story-30': 'not_found'};
const deliveredToday = {'story-28b': 'deadline_not_passed'};
const acceptedAtLeast = {asTold: 66, deliveredToday: 72};
// On a machine whose clock stands before the story's end, other steps are refused by the clock.
const storyIsPast = Date.now() > Date.parse('2026-06-20T00:00:00Z');

// Tells the story; in the midst of the objection everything is read.
async function tell(house, catalogue, story, send, refused, atLeast) {
  let accepted = 0;
  for (const step of story) {
    if (step.command_id === 'story-29') await readAll(house);
    const {workflow} = catalogue.find((each) => each.command === step.command);
    const place = `${step.command_id} (${step.command})`;
    const answer = await send(house, step, workflow);
    if (answer.status < 300) {
      accepted += 1;
      continue;
    }
    const said = `${answer.status} ${JSON.stringify(answer.body)}`;
    if (answer.type !== 'application/problem+json') {
      failures.push(`${place}: its refusal is no problem+json: ${said}`);
    } else if (answer.status >= 500 || answer.status === 400) {
      failures.push(`${place}: an example is a request that can be understood: ${said}`);
    } else if (storyIsPast && answer.body.code !== refused[step.command_id]) {
      failures.push(`${place}: neither the clock nor an earlier step explains ${said}`);
    } else if (!answer.headers.get('Content-Language')) {
      failures.push(`${place}: the code ${answer.body.code} has no wording`);
    }
  }
  console.log(`${accepted} of ${story.length} examples and steps between them were accepted`);
  if (storyIsPast && accepted < atLeast) {
    failures.push(`only ${accepted} steps were accepted, not ${atLeast}`);
  }
}

function reportBreaches(house) {
  for (const [place, answer] of house.breaches) failures.push(`${place}\n    ${answer}`);
}

// One server for one part; whatever happens, it is ended, and its answers are held.
async function inHouse(part) {
  const house = await House.open(binary);
  try {
    const {body} = await house.ask('GET', '/openapi.json');
    house.contract = new Contract(body);
    const catalogue = (await house.ask('GET', '/v1/commands', administrator)).body;
    await part(house, catalogue);
    reportBreaches(house);
  } finally {
    const how = await house.close();
    if (how !== 0) failures.push(`the server ended with ${how}: ${house.said}`);
  }
}

async function wholeCommands(house, catalogue) {
  failures.push(...await house.contract.faults());
  for (const each of catalogue) {
    const wrong = house.contract.mismatches({$ref: '#/components/schemas/Command'}, each.example);
    if (wrong.length > 0) failures.push(`the example of ${each.command} is no Command: ${wrong}`);
  }
  await tell(house, catalogue, toldStory(catalogue), asCommand, asTold, acceptedAtLeast.asTold);
  await readAll(house);
}

async function verbsAndReadings(house, catalogue) {
  const story = toldStory(catalogue);
  const delivery = story.find((each) => each.command === 'deliver_result');
  delivery.data.delivered_on = new Date().toISOString().slice(0, 10);
  await tell(house, catalogue, story, asVerb, deliveredToday, acceptedAtLeast.deliveredToday);
  console.log(`${await readAll(house)} reads were answered`);
  await askTheRest(house);
  for (const [operation, [successes, problems]] of house.contract.answered) {
    const isForTheClock = problems > 0 && (operation === 'postPassDeadline' || !storyIsPast);
    if (successes > 0 || isForTheClock) continue;
    failures.push(`${operation} was never answered with success`);
  }
}

async function byGeneratedClient(house) {
  const {walk} = await generatedClient(house.contract.document, house.directory);
  const records = await walk(house.address, house.fetch, briefPolicy('ringkas'));
  console.log(`a generated client led an appraisal through ${records} records`);
}

for (const part of [wholeCommands, verbsAndReadings, byGeneratedClient]) {
  try {
    await inHouse(part);
  } catch (error) {
    failures.push(`${part.name}: ${error.stack}`);
  }
}
for (const each of new Set(failures)) console.error(`FAILED  ${each}`);
console.log(failures.length === 0 ? 'the document holds' : `${new Set(failures).size} failures`);
process.exit(failures.length === 0 ? 0 : 1);
