import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createApp, type Frontdesk, type Overrides } from '../../src/app';
import type { LogFields } from '../../src/common/log';
import { createLog } from '../../src/common/winston-log';
import { readConfig } from '../../src/config';
import { startGoogleTtsStub, type GoogleTtsStub } from './google-tts-stub';
import { startGroqStub, type GroqStub } from './groq-stub';

/** The auth token of every signed test. */
export const AUTH_TOKEN = '00112233445566778899aabbccddeeff';
export const CALLER = '+12025550101';
export const BUSINESS = '+12025550100';

/** A log line as it was handed over. */
export interface LoggedEvent extends LogFields {
  level: string;
  eventType: string;
}

/** What to start. `groq` and `voice` start stub servers that the app is pointed at. */
export interface Setup {
  groq?: boolean;
  voice?: boolean;
  env?: Record<string, string>;
  overrides?: Overrides;
  /** Signed with AUTH_TOKEN unless false. */
  signed?: boolean;
}

/** A running Frontdesk, its stubs, and a way to play Twilio's part by hand. */
export interface Running {
  url: string;
  app: Frontdesk;
  directory: string;
  groq: GroqStub;
  voice: GoogleTtsStub;
  events: LoggedEvent[];
  /** Posts a webhook for a call and gives the answer; `path` is a route or an address from TwiML. */
  post(path: string, fields?: Record<string, string>, callSid?: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  type: string;
  xml: string;
  ms: number;
}

const closers: (() => Promise<unknown>)[] = [];

/** Runs when the test ends, last come first. */
export const whenDone = (close: () => Promise<unknown>) => void closers.push(close);

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The signature Twilio would send, computed apart from the product. */
export function sign(url: string, fields: Record<string, string>, token = AUTH_TOKEN): string {
  const data = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + (fields[name] ?? ''), url);
  return createHmac('sha1', token).update(data, 'utf8').digest('base64');
}

/** A folder of the test's own. */
export async function temporaryFolder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'frontdesk-'));
  whenDone(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Starts the whole app on a free port, with folders and stubs of its own. */
export async function startFrontdesk(setup: Setup = {}): Promise<Running> {
  const directory = await temporaryFolder();
  const groq = setup.groq ? await startGroqStub() : undefined;
  const voice = setup.voice ? await startGoogleTtsStub() : undefined;
  if (groq) whenDone(() => groq.close());
  if (voice) whenDone(() => voice.close());
  const events: LoggedEvent[] = [];
  const app = createApp(
    readConfig({
      AUDIO_DIR: join(directory, 'audio'),
      DATA_DIR: join(directory, 'data'),
      LOG_DIR: join(directory, 'logs'),
      ...(setup.signed === false ? {} : { TWILIO_AUTH_TOKEN: AUTH_TOKEN }),
      ...(groq ? { GROQ_API_KEY: 'gsk_test', GROQ_BASE_URL: groq.url } : {}),
      ...(voice ? { GOOGLE_TTS_ENDPOINT: voice.endpoint } : {}),
      ...setup.env,
    }),
    { log: keptLog(directory, events), ...setup.overrides },
  );
  const url = await listen(app);
  const post = async (path: string, fields: Record<string, string> = {}, callSid = 'CA' + '1'.repeat(32)) => {
    const form = { CallSid: callSid, From: CALLER, To: BUSINESS, CallStatus: 'in-progress', ...fields };
    const target = new URL(path.startsWith('/') || path.startsWith('http') ? path : `/api/voice/${path}`, url).href;
    return send(target, form, setup.signed === false ? undefined : sign(target, form));
  };
  return { url, app, directory, groq: groq as GroqStub, voice: voice as GoogleTtsStub, events, post };
}

/** Everything goes to memory and, as in the product, through winston to disk, where canaries are searched for. */
function keptLog(directory: string, events: LoggedEvent[]) {
  const file = createLog({
    directory: join(process.env['STORY_LOGS'] ?? directory, basename(directory)),
    level: 'debug',
    transcripts: false,
    secrets: () => [],
    console: false,
  });
  whenDone(() => file.close());
  const keep =
    (level: 'info' | 'warn' | 'error') =>
    (eventType: string, fields: LogFields = {}) => {
      events.push({ level, eventType, ...fields });
      file[level](eventType, fields);
    };
  return { info: keep('info'), warn: keep('warn'), error: keep('error') };
}

async function listen(app: Frontdesk): Promise<string> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await app.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function send(url: string, form: Record<string, string>, signature: string | undefined): Promise<Answer> {
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      ...(signature ? { 'x-twilio-signature': signature } : {}),
    },
    body: new URLSearchParams(form).toString(),
  });
  const xml = await response.text();
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    xml,
    ms: performance.now() - began,
  };
}

/** The first address of a kind in a TwiML document, with entities undone. */
export function addressIn(xml: string, kind: 'process' | 'continue'): string {
  const found = new RegExp(`[^"<>]*/api/voice/${kind}\\?[^"<>]*`).exec(xml)?.[0];
  if (!found) throw new Error(`no ${kind} address in ${xml}`);
  return found.replace(/&amp;/g, '&');
}

/** The words of a document's Say verbs. */
export const saidIn = (xml: string): string =>
  [...xml.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map((match) => match[1]).join(' | ');
