import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import busboy from 'busboy';
import { loadOpenApiCheck, type OpenApiCheck } from './openapi-check';
import { answerAccount, notFound, refusal, type Answer, type TwilioRestRequest } from './twilio-rest-answers';
import { answerMessaging } from './twilio-rest-calls';
import { answerServerless, answerStudio } from './twilio-rest-deployments';
import { startState, type Trouble, type TwilioRestState } from './twilio-rest-state';

/** Twilio's REST API on loopback. Every request is recorded, and checked against Twilio's own descriptions. */
export interface TwilioRestStub {
  /** What goes into TWILIO_API_BASE_URL. */
  readonly url: string;
  /** What it has and does; change it at will. */
  readonly state: TwilioRestState;
  readonly requests: readonly TwilioRestRequest[];
  /** "POST /v1/Services", without SIDs: `*` stands for each. */
  readonly lines: readonly string[];
  /** Rejects when a request was against Twilio's descriptions: then the test that sent it is wrong, or the code. */
  close(): Promise<void>;
}

const DESCRIPTIONS = ['twilio_api_v2010.json', 'twilio_serverless_v1.json', 'twilio_studio_v2.json'];
const SID = /\b[A-Z]{2}[0-9a-f]{32}\b/g;
/** Of another host, and in none of the descriptions. */
const UPLOAD = /^\/v1\/Services\/[^/]+\/Functions\/[^/]+\/Versions$/;

let loadedCheck: OpenApiCheck | undefined;

/** The check, or none when TWILIO_OPENAPI_DIR does not name the folder of the descriptions; that is said once. */
function openApiCheck(): OpenApiCheck {
  const directory = process.env['TWILIO_OPENAPI_DIR'];
  if (!directory && !loadedCheck) {
    process.stderr.write("TWILIO_OPENAPI_DIR is not set: requests were not checked against Twilio's OpenAPI files.\n");
  }
  loadedCheck ??= directory ? loadOpenApiCheck(directory, DESCRIPTIONS) : () => [];
  return loadedCheck;
}

/** Starts a stub on a free port of 127.0.0.1: a full account in good standing with one number. */
export async function startTwilioRestStub(): Promise<TwilioRestStub> {
  const state = startState();
  const requests: TwilioRestRequest[] = [];
  const violations: string[] = [];
  const check = openApiCheck();
  const server = createServer((message, response) => {
    void (async () => {
      const { request, password } = await receive(message);
      requests.push(request);
      if (!isUndescribed(request)) violations.push(...check(request));
      if (state.trouble) return meet(state.trouble, response);
      send(response, authFailure(state, request, password) ?? answerOf(state, request));
    })().catch((error: unknown) => {
      violations.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    requests,
    get lines() {
      return requests.map(({ method, path }) => `${method} ${path.replace(SID, '*')}`);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (violations.length > 0) throw new Error(`Twilio would not understand:\n${violations.join('\n')}`);
    },
  };
}

async function receive(message: IncomingMessage): Promise<{ request: TwilioRestRequest; password: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = message.headers['content-type'] ?? '';
  const url = new URL(message.url ?? '', 'http://localhost');
  const basic = /^Basic (.+)$/.exec(message.headers.authorization ?? '')?.[1] ?? '';
  const [user = '', password = ''] = Buffer.from(basic, 'base64').toString().split(':');
  const request = {
    method: message.method ?? '',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    form: new URLSearchParams(type.startsWith('multipart/') ? '' : body.toString()),
    parts: type.startsWith('multipart/') ? await partsOf(body, type) : {},
    user,
  };
  return { request, password };
}

function partsOf(body: Buffer, type: string): Promise<Record<string, string>> {
  const parts: Record<string, string> = {};
  return new Promise((resolve, reject) => {
    const parser = busboy({ headers: { 'content-type': type } });
    parser.on('field', (name, value) => (parts[name] = value));
    parser.on('file', (name, file) => {
      file.on('data', (chunk: Buffer) => (parts[name] = (parts[name] ?? '') + chunk.toString()));
    });
    parser.once('error', reject).once('close', () => resolve(parts));
    parser.end(body);
  });
}

/** A standard API key may not read the account itself. */
function authFailure(state: TwilioRestState, { user, path }: TwilioRestRequest, password: string): Answer | undefined {
  const { account, apiKey } = state;
  const asOwner = user === account.sid && password === account.authToken;
  const withKey = apiKey !== undefined && user === apiKey.sid && password === apiKey.secret;
  if (asOwner || (withKey && !/Accounts\/[^/]+\.json$/.test(path))) return undefined;
  return refusal(401, 20003, 'Authenticate');
}

/** Two hosts share one address here: only messaging has services of this kind, and only its services are listed. */
const isMessaging = ({ path, method }: TwilioRestRequest) =>
  method === 'GET' && (path === '/v1/Services' || path.startsWith('/v1/Services/MG'));

/** Of other hosts, or no JSON: in none of the descriptions. */
const isUndescribed = (request: TwilioRestRequest) =>
  (request.method === 'POST' && UPLOAD.test(request.path)) || isMessaging(request) || request.path.endsWith('.wav');

function answerOf(state: TwilioRestState, request: TwilioRestRequest): Answer {
  if (request.path.startsWith('/2010-04-01/')) return answerAccount(state, request);
  if (isMessaging(request)) return answerMessaging(state, request);
  if (request.path.startsWith('/v1/Services')) return answerServerless(state, request);
  if (request.path.startsWith('/v2/Flows')) return answerStudio(state, request);
  return notFound(request);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  if (Buffer.isBuffer(body)) return void response.writeHead(status, { 'content-type': 'audio/x-wav' }).end(body);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function meet(trouble: Trouble, response: ServerResponse): void {
  switch (trouble.kind) {
    case 'hang':
      return;
    case 'cut':
      response.destroy();
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html><body>Please log in to this network.</body></html>');
      return;
    case 'drip': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
      return;
    }
    case 'error':
      send(response, refusal(trouble.status, trouble.code ?? 20500, trouble.message ?? 'Internal Server Error'));
  }
}
