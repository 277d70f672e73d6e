import { rulesSchema } from '../../src/common/rules';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import request, { type Response } from 'supertest';
import type { LogFields } from '../../src/common/log';
import { createConsole, type Console, type ConsoleOptions } from '../../src/console/console';
import type {
  ConsoleSettings,
  GoogleEntry,
  KeyVerdict,
  TwilioCredentials,
  TwilioVerdict,
} from '../../src/console/ports';
import { openDatabase, type Database } from '../../src/storage/database';
import { emptyBook, listPrices, noCalls, nobody, nobodyTold, noNumber } from './unasked';

/** Every password is hashed for true, which takes a while on a busy machine. */
jest.setTimeout(30_000);

/** A password that the rules let through. */
export const PASSWORD = 'four quiet herons';
export const PUBLIC_HOST = 'phone.example.com';
export const CREDENTIALS = {
  account_sid: `AC${'0123456789abcdef'.repeat(2)}`,
  auth_token: 'feedfacefeedfacefeedfacefeedface',
  phone_number: '+12025550100',
};

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What the services outside say, to be set by a test, and what they were asked. */
export interface Outside {
  twilio: TwilioVerdict | Error;
  groq: KeyVerdict;
  google: KeyVerdict;
  asked: unknown[];
  /** They refuse everything, and their words quote what they were asked. */
  quoting?: boolean;
}

export interface RunningConsole {
  url: string;
  console: Console;
  database: Database;
  settings: ConsoleSettings;
  outside: Outside;
  logged: { eventType: string; fields: LogFields | undefined }[];
  passTime(ms: number): void;
  /** Sets the password by the set-up link and gives the browser that did. */
  ownerSignsUp(): Promise<Browser>;
  browser(at?: Partial<Whereabouts>): Browser;
  /** A browser on this machine, which is the owner while no password is set. */
  ownersBrowser(): Browser;
}

/** Starts a console on a free port, on a database in memory. */
export async function startConsole(setup: Partial<ConsoleOptions> = {}): Promise<RunningConsole> {
  const database = openDatabase(':memory:');
  const logged: RunningConsole['logged'] = [];
  const write = (eventType: string, fields?: LogFields) => void logged.push({ eventType, fields });
  const outside: Outside = {
    twilio: { ok: true, warnings: [] },
    groq: { ok: true, message: 'The model answers.' },
    google: { ok: true, message: 'The voice speaks.' },
    asked: [],
  };
  let now = Date.UTC(2026, 0, 5, 9);
  const settings = setup.settings ?? settingsInMemory();
  const console = createConsole({
    database,
    settings,
    checks: checksBy(outside),
    checklist: () => Promise.resolve([]),
    number: noNumber,
    calls: emptyBook,
    telling: nobodyTold,
    prices: listPrices,
    rules: { rules: () => rulesSchema.parse({}), saveRules: () => Promise.resolve({ ok: true }) },
    receptionist: nobody,
    exchange: noCalls,
    diagnose: () => Promise.resolve({ at: 0, links: [] }),
    speculation: () => ({ mode: 'auto', isOn: false, pairs: 0, matched: 0, medianLeadMs: undefined }),
    corsOrigins: [],
    clock: { now: () => now },
    log: { info: write, warn: write, error: write },
    ...setup,
  });
  const app = express();
  app.get('/metrics', console.ownerOrMachine, (_request, response) => void response.send('figures'));
  app.use(console.router);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    await database.destroy();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = (at: Partial<Whereabouts> = {}) => createBrowser(url, { host: PUBLIC_HOST, scheme: 'https', ...at });
  const ownersBrowser = () => browser({ host: new URL(url).host, scheme: 'http' });
  const ownerSignsUp = async () => {
    const owner = browser();
    await owner.open((await console.setupLink()) ?? '');
    const answer = await owner.submit('/setup', { password: PASSWORD, password_again: PASSWORD });
    expect(answer.headers['location']).toBe('/');
    return owner;
  };
  return {
    url,
    console,
    database,
    settings,
    outside,
    logged,
    passTime: (ms) => (now += ms),
    ownerSignsUp,
    browser,
    ownersBrowser,
  };
}

/** The address a browser shows: its scheme and host. */
export interface Whereabouts {
  host: string;
  scheme: 'http' | 'https';
}

/** A browser with a cookie jar, which sends what browsers send. */
export interface Browser {
  cookies: Map<string, string>;
  open(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts a form of the page that was opened last, with its hidden fields. */
  submit(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** The CSRF token of the page that was opened last. */
  csrf(): string;
}

export function createBrowser(url: string, { host, scheme }: Whereabouts): Browser {
  const cookies = new Map<string, string>();
  let page = '';
  const headersWith = (more: Record<string, string>) => ({
    Host: host,
    Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
    ...(cookies.size > 0 ? { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
    ...more,
  });
  const keep = (response: Response) => {
    for (const line of (response.headers['set-cookie'] ?? []) as unknown as string[]) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else if (scheme === 'https' || !/;\s*secure/i.test(line)) cookies.set(name, value);
    }
    if (response.text.startsWith('<!doctype html>') && response.status < 500 && response.status !== 403)
      page = response.text;
    return response;
  };
  const hidden = () =>
    Object.fromEntries(
      [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    ) as Record<string, string>;
  return {
    cookies,
    open: async (path, headers = {}) => keep(await request(url).get(path).set(headersWith(headers))),
    submit: async (path, fields = {}, headers = {}) =>
      keep(
        await request(url)
          .post(path)
          .set(headersWith({ Origin: `${scheme}://${host}`, ...headers }))
          .type('form')
          .send({ ...hidden(), ...fields }),
      ),
    csrf: () => /name="csrf-token" content="([^"]+)"/.exec(page)?.[1] ?? '',
  };
}

function checksBy(outside: Outside): ConsoleOptions['checks'] {
  const ask = <T>(question: unknown, answer: () => T | Error): Promise<T> => {
    outside.asked.push(question);
    const given = answer();
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
  };
  return {
    checkCredentials: (credentials) =>
      ask(credentials, () => {
        const words = Object.values(credentials).join(' and ');
        const quoting = {
          ok: false,
          status: 400,
          field: 'auth_token',
          code: 'x',
          error: words,
          remedy: words,
        } as const;
        return outside.quoting ? quoting : outside.twilio;
      }),
    checkGroqKey: (key) => ask(key, () => (outside.quoting ? { ok: false, message: key, remedy: key } : outside.groq)),
    checkPublicAddress: () => Promise.resolve(undefined),
    checkGoogleKey: (entry) =>
      ask(entry, () => {
        const words = Object.values(entry).join(' and ');
        return outside.quoting ? { ok: false, message: words, remedy: words } : outside.google;
      }),
  };
}

/** The port's contract in memory: the page's value, or none. */
function settingsInMemory(): ConsoleSettings {
  let twilio: TwilioCredentials | undefined;
  let groq: string | undefined;
  let google: GoogleEntry | undefined;
  let address: string | undefined;
  const set = (change: () => void) => {
    change();
    return Promise.resolve();
  };
  const fromPage = <T>(value: T | undefined) => (value === undefined ? undefined : { value, source: 'page' as const });
  const saved = (change: () => void) => set(change).then(() => ({ ok: true as const }));
  return {
    twilio: () => twilio && { ...twilio, source: 'page' },
    saveTwilio: (credentials) => set(() => (twilio = credentials)),
    forgetTwilio: () => set(() => (twilio = undefined)),
    groqKey: () => fromPage(groq),
    saveGroqKey: (key) => saved(() => (groq = key)),
    forgetGroqKey: () => set(() => (groq = undefined)),
    google: () =>
      google &&
      ('apiKey' in google ? { apiKey: google.apiKey, source: 'page' } : { serviceAccount: {}, source: 'page' }),
    saveGoogle: (entry) => saved(() => (google = entry)),
    forgetGoogle: () => set(() => (google = undefined)),
    publicBaseUrl: () => fromPage(address),
    savePublicBaseUrl: (text) => saved(() => (address = text)),
    forgetPublicBaseUrl: () => set(() => (address = undefined)),
  };
}
