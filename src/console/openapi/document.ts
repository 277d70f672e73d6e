import { z } from 'zod';
import { callers, calls, messages } from './calls';
import { events } from './events';
import { number } from './number';
import { refusal, type Operation, type OperationGroup } from './operation';
import { settings, twilio } from './settings';
import { description, tryIt } from './try-it';

/** Everything the management API can do. A route that is new gets an entry in one of these. */
export const GROUPS: readonly OperationGroup[] = [
  calls,
  callers,
  messages,
  events,
  settings,
  twilio,
  number,
  tryIt,
  description,
];

type Json = Record<string, unknown>;

/** The management API as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0). */
export function openApiDocument(): Json & { paths: Record<string, Json> } {
  const paths: Record<string, Json> = {};
  for (const { name, operations } of GROUPS)
    for (const each of operations) paths[each.path] = { ...paths[each.path], [each.method]: described(each, name) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Frontdesk',
      version: '1',
      description:
        'The management API. Tokens are made on the page Access; a program on this machine needs none at first.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: GROUPS.map(({ name }) => ({ name })),
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Refusal: schemaOf(refusal, 'output') },
      responses: {
        Refusal: {
          description: 'It was not done; why, and what to do.',
          ...jsonOf({ $ref: '#/components/schemas/Refusal' }),
        },
      },
    },
  };
}

const jsonOf = (schema: Json) => ({ content: { 'application/json': { schema } } });

/** A schema as JSON Schema; what it cannot express is left open. */
export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

function described({ method, path, summary, query = [], body, answer, refusals = [] }: Operation, tag: string): Json {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const parameters = [
    ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    ...query.map(({ name, about, schema }) => ({
      name,
      in: 'query',
      description: about,
      schema: schemaOf(schema, 'input'),
    })),
  ];
  const refused = [401, 403, ...refusals].map((status) => [status, { $ref: '#/components/responses/Refusal' }]);
  return {
    operationId: `${method}${path.replace(/^\/api/, '').replace(/[/{}.-]+(\w?)/g, (_, first: string) => first.toUpperCase())}`,
    summary,
    tags: [tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, ...bodyOf(body) } } : {}),
    responses: { 200: answerOf(answer), ...(Object.fromEntries(refused) as Json) },
  };
}

const file = { type: 'object', properties: { greeting: { type: 'string', format: 'binary' } }, required: ['greeting'] };

const bodyOf = (body: NonNullable<Operation['body']>) =>
  body === 'a file' ? { content: { 'multipart/form-data': { schema: file } } } : jsonOf(schemaOf(body, 'input'));

function answerOf(answer: Operation['answer']): Json {
  if (answer === 'events') return { description: 'Events, until you hang up.', content: { 'text/event-stream': {} } };
  if (answer === 'a page') return { description: 'A page.', content: { 'text/html': {} } };
  return { description: 'It is so.', ...jsonOf(schemaOf(answer, 'output')) };
}
