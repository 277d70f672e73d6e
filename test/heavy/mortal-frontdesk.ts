import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AUTH_TOKEN, sign, temporaryFolder, whenDone } from '../support/frontdesk';
import { freePort } from '../../bench/driver/free-port';
import { spawnFrontdesk, type FrontdeskProcess } from '../support/process';

/** The address Frontdesk believes it has. */
export const PUBLIC_URL = 'https://phone.example.com';
const FALLBACK = '/api/voice/fallback';
/** Webhooks a life lasts at most, and for how many ms more it is killed. */
const LONGEST_LIFE = 40;
const LAST_MS = 15;
/** Of so many lives one ends while it begins, within so many ms. */
const ONE_STILLBORN_IN = 10;
const BIRTH_MS = 1_200;
const AGAIN_MS = 25;
/** Of the webhooks that a kill has cut off, so many go to the fallback address; the others are sent again. */
const TO_FALLBACK = 0.3;

interface Webhook {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A Frontdesk that is killed again and again, and started again on the same data and port; the network before it. */
export interface MortalFrontdesk {
  /** Where calls go: a webhook that is cut off is sent again, or to the fallback, as Twilio does it. */
  url: string;
  /** Past the network: the process itself, while it lives. */
  directUrl: string;
  file: string;
  logFile: string;
  kills(): number;
  /** Kills it so many times. Resolves when that is done and it lives again. */
  haunt(kills: number): Promise<void>;
  /** Kills it for good. */
  end(): Promise<void>;
  /** In which lives the webhooks of a call were answered. */
  livesOf(callSid: string): number;
}

/** Starts one. `random` gives numbers from 0 to 1; `env` is added to the environment. */
export async function startMortal(random: () => number, env: Record<string, string>): Promise<MortalFrontdesk> {
  const directory = await temporaryFolder();
  const port = await freePort();
  const data = join(directory, 'data');
  const places = {
    PORT: String(port),
    DATA_DIR: data,
    LOG_DIR: join(directory, 'logs'),
    AUDIO_DIR: join(directory, 'a'),
  };
  const live = () => spawnFrontdesk({ ...places, TWILIO_AUTH_TOKEN: AUTH_TOKEN, PUBLIC_BASE_URL: PUBLIC_URL, ...env });
  const answeredIn = new Map<string, Set<number>>();
  let [kills, left, answers] = [0, Infinity, false];
  let fate: () => void = () => undefined;
  let alive: FrontdeskProcess = await live();

  const fallenBack = new Set<string>();
  /** Once a call: after several the caller is told that there is trouble, and the call ends. */
  const mayFallBack = (callSid: string, { path }: Webhook) => {
    if (path.endsWith('/status') || fallenBack.has(callSid)) return false;
    fallenBack.add(callSid);
    return true;
  };

  const forward = async (asked: Webhook): Promise<Answered> => {
    const callSid = new URLSearchParams(asked.body).get('CallSid') ?? '';
    for (let webhook = asked; ;) {
      if (answers) left -= 1; // what is refused while it starts does not count
      if (answers && left === 0) setTimeout(fate, random() * LAST_MS);
      const life = kills;
      const answer = await post(port, webhook);
      if (answer) {
        answers = life === kills;
        answeredIn.set(callSid, (answeredIn.get(callSid) ?? new Set()).add(life));
        return answer;
      }
      if (mayFallBack(callSid, asked) && random() < TO_FALLBACK) webhook = toFallback(asked);
      await pause(AGAIN_MS);
    }
  };
  const url = await startNetwork(forward);

  const die = async () => {
    alive.child.kill('SIGKILL');
    await alive.ended;
    kills += 1;
    answers = false;
  };
  return {
    url,
    directUrl: `http://127.0.0.1:${port}`,
    file: join(data, 'frontdesk.db'),
    logFile: join(directory, 'logs', 'frontdesk.log'),
    kills: () => kills,
    async haunt(times) {
      for (let time = 0; time < times; time += 1) {
        const stillborn = random() * ONE_STILLBORN_IN < 1;
        const fated = new Promise<void>((resolve) => (fate = resolve));
        left = stillborn ? Infinity : 1 + Math.floor(random() * LONGEST_LIFE);
        await (stillborn ? pause(random() * BIRTH_MS) : fated);
        await die();
        alive = await live();
      }
      left = Infinity;
    },
    end: die,
    livesOf: (callSid) => answeredIn.get(callSid)?.size ?? 0,
  };
}

/** What Twilio posts when the address of a webhook has failed. */
function toFallback({ path, body, headers }: Webhook): Webhook {
  const form = { ...Object.fromEntries(new URLSearchParams(body)), ErrorCode: '11205', ErrorUrl: PUBLIC_URL + path };
  const text = new URLSearchParams(form).toString();
  const signature = sign(PUBLIC_URL + FALLBACK, form);
  const changed = { 'x-twilio-signature': signature, 'content-length': String(Buffer.byteLength(text)) };
  return { path: FALLBACK, body: text, headers: { ...headers, ...changed } };
}

/** The whole answer; undefined when there was none, or only a part. */
function post(port: number, { path, headers, body }: Webhook): Promise<Answered | undefined> {
  return new Promise((resolve) => {
    const cutOff = () => resolve(undefined);
    send({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false }, (response) => {
      readAll(response).then(
        (whole) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole }),
        cutOff,
      );
    })
      .on('error', cutOff)
      .end(body);
  });
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function startNetwork(forward: (webhook: Webhook) => Promise<Answered>): Promise<string> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = (await readAll(request)).toString();
      const answer = await forward({ path: request.url ?? '/', headers: request.headers, body });
      const type = answer.headers['content-type'];
      response.writeHead(answer.status, type === undefined ? {} : { 'content-type': type }).end(answer.body);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
