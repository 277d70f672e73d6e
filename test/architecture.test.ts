import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, resolve } from 'node:path';
import ts from 'typescript';

const SRC = resolve(__dirname, '../src');
const CORE = 'conversations';
const SIMULATOR = 'simulator';
const DOORS_AND_SERVICES = [
  'voice',
  'operations',
  'console',
  'reply',
  'speech',
  'calls',
  'settings',
  'telephony',
  'outbox',
  'doctor',
];
/** Those who keep something in the database. */
const STORES = ['settings', 'console', 'calls', 'outbox'];
const WIRING = 'app';
const ENTRANCES = /^(?:main\.ts|bin\/.*)$/;

/** Every way to the environment: a member of `process`, a pattern that takes it apart, or its module. */
const ENVIRONMENT =
  /process\s*(?:\?\.|\.|\[\s*['"])\s*env\b|\benv\b[^;=]*\}\s*=\s*(?:globalThis\.)?process\b|from\s*['"](?:node:)?process['"]/;

/** In which folders a vendor's package may be imported. */
const VENDORS: Readonly<Record<string, readonly string[]>> = {
  twilio: ['voice', 'telephony'],
  'groq-sdk': ['reply'],
  '@google-cloud/text-to-speech': ['speech'],
  'google-auth-library': ['speech'],
  '@grpc/grpc-js': ['speech'],
  'fluent-ffmpeg': ['speech'],
  minisearch: ['reply'],
  express: ['voice', 'operations', 'console', 'app', ''],
  'better-sqlite3': ['storage'],
  'better-sqlite3-for-node-20': ['storage'],
  kysely: ['storage', 'settings', 'console', 'calls', 'outbox'],
  nodemailer: ['outbox'],
  standardwebhooks: ['outbox'],
  'ipaddr.js': ['outbox'],
  winston: ['common'],
  'prom-client': ['common', 'operations'],
};

/** Every module that a source text names, by `import`, `export … from`, `import()` or `require()`. */
function namedModules(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) take(node.moduleSpecifier);
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      take(node.moduleReference.expression);
    }
    if (ts.isCallExpression(node) && /^(?:import|require)$/.test(node.expression.getText())) take(node.arguments[0]);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) take(node.argument.literal);
    ts.forEachChild(node, visit);
  };
  const take = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) found.push(node.text);
  };
  visit(ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

/** What is wrong with a file, in words. */
function violations(file: string, text: string): string[] {
  const folder = folderOf(file);
  const wrong = namedModules(text).flatMap((name) =>
    name.startsWith('.') ? wrongArrow(file, normalize(join(dirname(file), name))) : wrongVendor(folder, name),
  );
  const readsEnvironment = ENVIRONMENT.test(text) && !ENTRANCES.test(file);
  const exportsDefault = /^\s*export\s+default\b/m.test(text);
  return [
    ...wrong,
    ...(readsEnvironment ? ['reads process.env'] : []),
    ...(exportsDefault ? ['has a default export'] : []),
  ].map((what) => `${file} ${what}`);
}

function wrongArrow(file: string, target: string): string[] {
  const from = folderOf(file);
  const to = target.startsWith('..') ? '..' : folderOf(target);
  const allowed: Readonly<Record<string, readonly string[]>> = {
    common: ['common'],
    [CORE]: [CORE, 'common'],
    [SIMULATOR]: [SIMULATOR],
    storage: ['storage', 'common'],
    ...Object.fromEntries(
      DOORS_AND_SERVICES.map((folder) => [
        folder,
        [folder, CORE, 'common', ...(STORES.includes(folder) ? ['storage'] : [])],
      ]),
    ),
    bin: ['bin', SIMULATOR, 'common', ''],
  };
  if (from === '' && !(file === 'app.ts' || file === 'main.ts')) return to === 'common' ? [] : [`points at ${target}`];
  if (target === 'app' && !ENTRANCES.test(file)) return ['imports app.ts'];
  if (to === WIRING && file !== 'app.ts' && from !== WIRING) return [`points at ${target}`];
  if (from === WIRING) return to === 'bin' ? [`points at ${target}`] : [];
  if (file === 'app.ts') return to === SIMULATOR || to === 'bin' ? [`points at ${target}`] : [];
  if (file === 'main.ts') return to === '' || to === 'common' ? [] : [`points at ${target}`];
  return allowed[from]?.includes(to) ? [] : [`points at ${target}`];
}

function wrongVendor(folder: string, name: string): string[] {
  const vendor = Object.keys(VENDORS).find((known) => name === known || name.startsWith(`${known}/`));
  if (!vendor || VENDORS[vendor]?.includes(folder)) return [];
  return [`imports ${vendor}`];
}

const sources = () =>
  readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)));

describe('the arrow rule', () => {
  test('holds in every file', () => {
    const files = sources();
    expect(files.length).toBeGreaterThan(60);
    expect(files.flatMap((file) => violations(file, readFileSync(join(SRC, file), 'utf8')))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['the core imports a service', 'conversations/turn.ts', "import { createGroqReply } from '../reply/groq';"],
    ['the core imports a vendor', 'conversations/turn.ts', "import Groq from 'groq-sdk';"],
    [
      'the core imports a vendor by a sub-path',
      'conversations/turn.ts',
      "import V from 'twilio/lib/twiml/VoiceResponse';",
    ],
    ['the core imports HTTP', 'conversations/turn.ts', "import express from 'express';"],
    ['a service imports a door', 'reply/groq.ts', "export { renderTwiml } from '../voice/twiml';"],
    ['a service imports a service', 'reply/groq.ts', "const clips = await import('../speech/clips');"],
    ['a door imports a service', 'voice/routes.ts', "import type { Clips } from '../speech/clips';"],
    ['a door looks into the wiring', 'voice/routes.ts', "import type { Mouth } from '../app/speech';"],
    ['a door opens the database', 'voice/routes.ts', "import { openDatabase } from '../storage/database';"],
    ['a service opens SQLite itself', 'settings/vault.ts', "import Sqlite from 'better-sqlite3';"],
    ['a door imports a type in place', 'voice/routes.ts', "let clips: import('../speech/clips').Clips;"],
    ['a leaf imports the core', 'common/log.ts', "import type { Step } from '../conversations/step';"],
    ['the simulator imports the app', 'simulator/place-call.ts', "import { createApp } from '../app';"],
    ['the simulator imports a leaf', 'simulator/place-call.ts', "import { maskPhone } from '../common/mask';"],
    ['somebody imports app.ts', 'operations/routes.ts', "import { createApp } from '../app';"],
    ['app.ts imports the simulator', 'app.ts', "import { placeCall } from './simulator/place-call';"],
    ['config.ts imports a service', 'config.ts', "import { loadProfile } from './settings/profile-file';"],
    ['a file reaches outside src', 'voice/routes.ts', "import x from '../../package.json';"],
    ['a vendor is required', 'voice/routes.ts', "const groq = require('groq-sdk');"],
    ['a vendor is loaded lazily elsewhere', 'voice/routes.ts', "await import('@google-cloud/text-to-speech');"],
    ['a part reads the environment', 'speech/google.ts', 'const key = process.env.GOOGLE_API_KEY;'],
    [
      'a part reads the environment in another way',
      'speech/google.ts',
      "const key = process['env']['GOOGLE_API_KEY'];",
    ],
    ['a part takes the environment apart', 'speech/google.ts', 'const { env } = process;'],
    ['a part imports the environment', 'speech/google.ts', "import { env } from 'node:process';"],
    ['a default export', 'speech/google.ts', 'export default function speak() {}'],
  ])('goes red when %s', (_, file, text) => {
    expect(violations(file, text)).toHaveLength(1);
  });

  test.each<[string, string]>([
    ['conversations/turn.ts', "import { createBell } from '../common/bell';"],
    ['reply/groq.ts', "import Groq from 'groq-sdk'; import type { Reply } from '../conversations/ports';"],
    [
      'voice/routes.ts',
      "import { Router } from 'express'; import { validateRequest } from 'twilio/lib/webhooks/webhooks';",
    ],
    ['bin/call/phone.ts', "import { placeCall } from '../../simulator/place-call'; const port = process.env['PORT'];"],
  ])('stays green for %s', (file, text) => {
    expect(violations(file, text)).toEqual([]);
  });
});

describe('the map', () => {
  const map = readFileSync(join(SRC, 'README.md'), 'utf8');
  const rows = [...map.matchAll(/^\| `([^`]+)`\s+\|/gm)].map((match) => match[1] ?? '');
  const entries = readdirSync(SRC, { withFileTypes: true })
    .filter(({ name }) => name !== 'README.md')
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));

  test('has a row for every file and folder of src, and for nothing else', () => {
    expect([...rows].sort()).toEqual([...entries].sort());
  });

  test('names only files that are there', () => {
    const files = new Set(sources());
    const named = [...map.matchAll(/`([a-z-]+(?:\/[a-z-]+)*\.(?:ts|json))`/g)].map((match) => match[1] ?? '');
    expect(named.filter((name) => !files.has(name) && name !== 'settings/example-profile.json')).toEqual([]);
  });
});
