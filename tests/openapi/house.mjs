// A server of its own, on a data directory of its own, and a fetch that reads every answer twice:
// for whoever asked, and for the contract.
import {spawn} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const jsonType = 'application/json';
const answerWithinMs = 30_000;

export class House {
  // binary: the path of jejak.
  static async open(binary) {
    const house = new House();
    house.directory = await mkdtemp(join(tmpdir(), 'jejak-openapi-'));
    house.breaches = new Map();
    house.process = spawn(
      binary, ['--data', join(house.directory, 'data'), 'serve', '--listen', '127.0.0.1:0',
               '--rate', '1000000'],
      {stdio: ['ignore', 'pipe', 'pipe']});
    house.ended = new Promise((resolve) => {
      house.process.once('error', (error) => resolve(error.message));
      house.process.once('exit', (code, signal) => resolve(signal ?? code));
    });
    house.said = '';
    house.process.stderr.on('data', (bytes) => (house.said += bytes));
    try {
      house.address = await house.listening();
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  listening() {
    return new Promise((resolve, reject) => {
      let text = '';
      this.process.stdout.on('data', (bytes) => {
        text += bytes;
        const found = text.match(/listening on (http:\/\/\S+)/);
        if (found) resolve(found[1]);
      });
      this.ended.then((how) => reject(new Error(
        `${this.process.spawnfile} serve ended (${how}) before it listened: ${this.said}`)));
    });
  }

  // Ends the server and removes its data; how it ended: 0, another code, or a signal.
  async close() {
    this.process.kill('SIGTERM');
    const how = await this.ended;
    await rm(this.directory, {recursive: true, force: true});
    return how;
  }

  // As fetch, but each answer is held against the contract.
  fetch = async (url, init = {}) => {
    const response = await fetch(url, init);
    if ((response.headers.get('Content-Type') ?? '').startsWith('text/event-stream')) {
      return response;
    }
    const text = await response.clone().text();
    this.hold(init.method ?? 'GET', url, response, text);
    return response;
  };

  hold(method, url, response, text) {
    if (!this.contract) return;
    const type = response.headers.get('Content-Type') ?? '';
    const place = this.contract.operation(method, url)?.operationId ?? `${method} ${url}`;
    for (const wrong of this.contract.breaches(method, url, response.status, type, text)) {
      const key = `${place} ${response.status}: ${wrong.replace(/\/\d+(?=\/| |$)/g, '/*')}`;
      if (!this.breaches.has(key)) this.breaches.set(key, text.slice(0, 300));
    }
  }

  // caller: {person, offices}; more: {body, headers}. {status, type, headers, body}
  async ask(method, path, caller = {}, more = {}) {
    const headers = {...more.headers};
    if (caller.person) headers['X-Jejak-Person'] = caller.person;
    if (caller.offices) headers['X-Jejak-Offices'] = caller.offices;
    if (more.body !== undefined) headers['Content-Type'] = jsonType;
    const response = await this.fetch(this.address + path, {
      method, headers, signal: AbortSignal.timeout(answerWithinMs),
      body: more.body === undefined ? undefined : JSON.stringify(more.body)});
    const type = (response.headers.get('Content-Type') ?? '').split(';')[0];
    const text = await response.text();
    return {status: response.status, type, headers: response.headers,
            body: type.endsWith('json') ? JSON.parse(text) : text};
  }
}
