import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadOpenApiCheck } from '../support/openapi-check';

const PN = { type: 'string', minLength: 5, maxLength: 5, pattern: '^PN\\d{3}$' };
const description = {
  paths: {
    '/v1/Numbers/{Sid}.json': {
      get: { parameters: [{ name: 'Sid', in: 'path', required: true, schema: PN }] },
      post: {
        parameters: [{ name: 'Sid', in: 'path', required: true, schema: PN }],
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: {
                required: ['Name'],
                properties: {
                  Name: { type: 'string' },
                  Url: { type: 'string', format: 'uri' },
                  Method: { $ref: '#/components/schemas/method' },
                  Rings: { type: 'integer', minimum: 1, maximum: 9 },
                  Loud: { type: 'boolean' },
                  Sids: { type: 'array', items: PN },
                },
              },
            },
          },
        },
      },
    },
    '/v1/Numbers/All.json': { get: { parameters: [{ name: 'Page', in: 'query', schema: { type: 'integer' } }] } },
  },
  components: { schemas: { method: { type: 'string', enum: ['GET', 'POST'] } } },
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'openapi-'));
  writeFileSync(join(directory, 'api.json'), JSON.stringify(description));
});
afterAll(() => rmSync(directory, { recursive: true }));

function problems(line: string, form?: string): string[] {
  const [method = '', address = ''] = line.split(' ');
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const request = { method, path: pathname, query: searchParams, form: new URLSearchParams(form) };
  return loadOpenApiCheck(directory, ['api.json'])(request);
}

test.each<[string, string]>([
  ['GET /v1/Numbers/PN001.json', ''],
  ['GET /v1/Numbers/All.json?Page=2', ''],
  [
    'POST /v1/Numbers/PN001.json',
    'Name=a&Url=https://a.example/%23x&Method=GET&Rings=9&Loud=true&Sids=PN001&Sids=PN002',
  ],
  ['POST /v1/Numbers/PN001.json', 'Name=&Url='],
])('a request as described is let through: %s %s', (line, form) => {
  expect(problems(line, form)).toEqual([]);
});

test.each<[string, string | undefined, string]>([
  ['GET /v1/Nothing', undefined, 'not described'],
  ['GET /v1/Numbers/PN001/More.json', undefined, 'not described'],
  ['DELETE /v1/Numbers/PN001.json', undefined, 'method'],
  ['GET /v1/Numbers/XX001.json', undefined, 'Sid'],
  ['GET /v1/Numbers/All.json?Page=two', undefined, 'whole number'],
  ['GET /v1/Numbers/All.json?Pages=2', undefined, 'Pages is unknown'],
  ['POST /v1/Numbers/PN001.json', 'Loud=true', 'Name is required'],
  ['POST /v1/Numbers/PN001.json', 'Name=a&name=b', 'name is unknown'],
  ['POST /v1/Numbers/PN001.json', 'Name=a&Url=nowhere', 'not an address'],
  ['POST /v1/Numbers/PN001.json', 'Name=a&Method=PUT', 'GET, POST'],
  ['POST /v1/Numbers/PN001.json', 'Name=a&Rings=10', 'out of range'],
  ['POST /v1/Numbers/PN001.json', 'Name=a&Loud=yes', 'true or false'],
  ['POST /v1/Numbers/PN001.json', 'Name=a&Sids=PN001&Sids=XX001', 'does not match'],
])('a request that is not as described is named: %s %s', (line, form, problem) => {
  expect(problems(line, form)).toEqual([expect.stringContaining(problem)]);
});
