import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A request as a server received it; `form` is undefined when it had no form. */
export interface DescribedRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams | undefined;
}

/** What is wrong with a request by the descriptions, as sentences; none when all is right. */
export type OpenApiCheck = (request: DescribedRequest) => string[];

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  pattern?: string;
  enum?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Description {
  paths: Record<string, Record<string, Operation | undefined>>;
  components: { schemas: Record<string, Schema> };
}

/** A path of a description, ready to be matched. */
interface Route {
  template: string;
  shape: RegExp;
  names: string[];
  operations: Record<string, Operation | undefined>;
  schemas: Record<string, Schema>;
}

const FORM = 'application/x-www-form-urlencoded';

/** A check against OpenAPI 3 descriptions in JSON files. Covers what Twilio's use: paths, queries and forms. */
export function loadOpenApiCheck(directory: string, files: readonly string[]): OpenApiCheck {
  const routes = files
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Description)
    .flatMap(routesOf)
    .sort((one, other) => one.names.length - other.names.length);
  return (request) => {
    const route = routes.find(({ shape }) => shape.test(request.path));
    const where = `${request.method} ${route?.template ?? request.path}`;
    return (route ? problemsOf(route, request) : ['is not described']).map((problem) => `${where}: ${problem}`);
  };
}

function routesOf({ paths, components }: Description): Route[] {
  return Object.entries(paths).map(([template, operations]) => ({
    template,
    shape: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+?)')}$`),
    names: [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
    operations,
    schemas: components.schemas,
  }));
}

function problemsOf(route: Route, request: DescribedRequest): string[] {
  const operation = route.operations[request.method.toLowerCase()];
  if (!operation) return ['the method is not described'];
  const values = (route.shape.exec(request.path) ?? []).slice(1).map(decodeURIComponent);
  const inPath = new URLSearchParams(route.names.map((name, index) => [name, values[index] ?? ''] as [string, string]));
  const body = operation.requestBody?.content[FORM]?.schema ?? {};
  return [
    ...fieldProblems(inPath, parametersIn(operation, 'path'), route.schemas),
    ...fieldProblems(request.query, parametersIn(operation, 'query'), route.schemas),
    ...fieldProblems(request.form ?? new URLSearchParams(), body, route.schemas),
  ];
}

function parametersIn({ parameters = [] }: Operation, place: string): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
    required: here.filter(({ required }) => required).map(({ name }) => name),
  };
}

function fieldProblems(given: URLSearchParams, { properties = {}, required = [] }: Schema, schemas: Route['schemas']) {
  const missing = required.filter((name) => !given.has(name)).map((name) => `${name} is required`);
  const wrong = [...given].flatMap(([name, value]) => {
    const schema = properties[name];
    return schema ? valueProblems(value, schema, schemas).map((what) => `${name} ${what}`) : [`${name} is unknown`];
  });
  return [...missing, ...wrong];
}

function valueProblems(value: string, given: Schema, schemas: Route['schemas']): string[] {
  const named = given.$ref?.split('/').at(-1);
  const schema = named === undefined ? given : (schemas[named] ?? {});
  if (schema.type === 'array') return schema.items ? valueProblems(value, schema.items, schemas) : [];
  const { minLength = 0, maxLength = Infinity, minimum = -Infinity, maximum = Infinity } = schema;
  const checks: [boolean, string][] = [
    [schema.type === 'integer' && !/^-?\d+$/.test(value), 'is not a whole number'],
    [schema.type === 'number' && !Number.isFinite(Number(value)), 'is not a number'],
    [schema.type === 'boolean' && !/^(?:true|false)$/.test(value), 'is not true or false'],
    [schema.enum !== undefined && !schema.enum.includes(value), `is not one of ${schema.enum?.join(', ') ?? ''}`],
    [schema.pattern !== undefined && !new RegExp(schema.pattern).test(value), `does not match ${schema.pattern ?? ''}`],
    [value.length < minLength || value.length > maxLength, 'has a wrong length'],
    [Number(value) < minimum || Number(value) > maximum, 'is out of range'],
    // Empty removes an address.
    [schema.format === 'uri' && value !== '' && !URL.canParse(value), 'is not an address'],
  ];
  return checks.filter(([applies]) => applies).map(([, what]) => what);
}
