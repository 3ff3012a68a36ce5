// What the document promises, and whether an answer keeps it.
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {Validator} from '@seriousme/openapi-schema-validator';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const root = 'https://jejak.invalid/openapi.json';

export class Contract {
  constructor(document) {
    this.document = document;
    this.operations = [];
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of methods) {
        if (!item[method]) continue;
        this.operations.push({path, method, ...item[method], pattern: pattern(path)});
      }
    }
    this.ajv = new Ajv2020({allErrors: true, strict: true, strictRequired: false,
                            allowUnionTypes: true});
    addFormats(this.ajv);
    this.ajv.addVocabulary(['components']);
    this.ajv.addSchema({$id: root, components: document.components});
    // operationId → how often it was answered with success, with a problem
    this.answered = new Map(this.operations.map((each) => [each.operationId, [0, 0]]));
  }

  // What is wrong with the document itself, as texts.
  async faults() {
    const found = [];
    const verdict = await new Validator().validate(structuredClone(this.document));
    for (const each of verdict.errors ?? []) {
      found.push(`OpenAPI 3.1: ${each.instancePath ?? ''} ${each.message ?? each}`);
    }
    for (const name of Object.keys(this.document.components.schemas)) {
      try {
        this.validator({$ref: `#/components/schemas/${name}`});
      } catch (error) {
        found.push(`components/schemas/${name}: ${error.message}`);
      }
    }
    const names = new Set();
    for (const each of this.operations) {
      const where = `${each.method} ${each.path}`;
      if (names.has(each.operationId)) found.push(`${where}: ${each.operationId} stands twice`);
      names.add(each.operationId);
      found.push(...this.faultsOfParameters(each).map((fault) => `${where}: ${fault}`));
      found.push(...this.faultsOfBody(each).map((fault) => `${where}: ${fault}`));
      for (const [status, answer] of Object.entries(each.responses)) {
        if (!answer.content) found.push(`${where}: the answer ${status} says no media type`);
      }
    }
    return found;
  }

  faultsOfParameters(operation) {
    const found = [];
    const asked = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((each) => each[1]);
    const told = (operation.parameters ?? []).filter((each) => each.in === 'path');
    for (const name of asked) {
      if (!told.some((each) => each.name === name)) found.push(`{${name}} is not described`);
    }
    for (const each of told) {
      if (!asked.includes(each.name)) found.push(`{${each.name}} is not in the path`);
      if (!each.required) found.push(`{${each.name}} has to be required`);
    }
    return found;
  }

  faultsOfBody(operation) {
    const content = operation.requestBody?.content?.['application/json'];
    if (!content) return [];
    const found = [];
    const schema = this.resolved(content.schema);
    if ((schema.required ?? []).length > 0 && !operation.requestBody.required) {
      found.push('its schema has required members, but the body is not required');
    }
    if (content.example !== undefined) {
      const wrong = this.mismatches(content.schema, content.example);
      found.push(...wrong.map((text) => `example${text}`));
    }
    return found;
  }

  // The nearest operation to a request: a word goes before a part.
  operation(method, url) {
    const path = new URL(url, 'http://jejak.invalid').pathname;
    return this.operations
      .filter((each) => each.method === method.toLowerCase() && each.pattern.test(path))
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  }

  // How an answer breaks the promise, as texts; nothing when it keeps it.
  breaches(method, url, status, type, text) {
    const operation = this.operation(method, url);
    const media = type.split(';')[0].trim();
    if (operation) this.answered.get(operation.operationId)[status < 400 ? 0 : 1] += 1;
    const promised = operation
      ? operation.responses[status] ?? (status >= 400 ? operation.responses.default : undefined)
      : {content: {'application/problem+json': {schema: {$ref: '#/components/schemas/Problem'}}}};
    if (!promised) return [`the document knows no answer ${status}`];
    if (!promised.content) return [];
    const content = promised.content[media];
    if (!content) return [`the document knows no ${media} for ${status}`];
    if (!media.endsWith('json') || !content.schema) return [];
    let body;
    try {
      body = JSON.parse(text);
    } catch (error) {
      return [`no JSON: ${error.message}`];
    }
    const wrong = this.mismatches(content.schema, body);
    if (media === 'application/problem+json' && body.status !== status) {
      wrong.push(`/status is ${body.status} in an answer ${status}`);
    }
    // A problem may carry more (RFC 9457, 3.2); any other answer is described in full.
    if (media === 'application/json') {
      wrong.push(...this.undescribed(content.schema, body).map((at) => `${at} is not described`));
    }
    return wrong;
  }

  validator(schema) {
    const text = JSON.stringify(schema).replaceAll('"#/', `"${root}#/`);
    this.compiled ??= new Map();
    if (!this.compiled.has(text)) this.compiled.set(text, this.ajv.compile(JSON.parse(text)));
    return this.compiled.get(text);
  }

  mismatches(schema, value) {
    const validate = this.validator(schema);
    if (validate(value)) return [];
    return validate.errors.map(
      (each) => `${each.instancePath} ${each.message} ${JSON.stringify(each.params)}`);
  }

  resolved(schema) {
    if (!schema.$ref) return schema;
    const parts = schema.$ref.slice(2).split('/');
    return this.resolved(parts.reduce((at, part) => at[part], this.document));
  }

  // Members that the schema's properties do not name, where it names any; a schema that is open on
  // purpose says "additionalProperties": true.
  undescribed(schema, value, at = '') {
    const views = [];
    const gather = (each) => {
      const view = this.resolved(each);
      views.push(view);
      for (const key of ['allOf', 'oneOf', 'anyOf']) (view[key] ?? []).forEach(gather);
    };
    gather(schema);
    if (Array.isArray(value)) {
      const items = views.find((each) => each.items)?.items;
      return items ? value.flatMap((each, i) => this.undescribed(items, each, `${at}/${i}`)) : [];
    }
    if (value === null || typeof value !== 'object') return [];
    if (views.some((each) => each.additionalProperties === true)) return [];
    const properties = Object.assign({}, ...views.map((each) => each.properties ?? {}));
    const rest = views.find((each) => typeof each.additionalProperties === 'object');
    if (Object.keys(properties).length === 0 && !rest) return [];
    return Object.entries(value).flatMap(([name, member]) => {
      const known = properties[name] ?? rest?.additionalProperties;
      return known ? this.undescribed(known, member, `${at}/${name}`) : [`${at}/${name}`];
    });
  }
}

function pattern(path) {
  const text = path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${text}$`);
}
