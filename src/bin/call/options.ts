import { parseArgs } from 'node:util';
import type { CallerAct } from '../../simulator/caller';

/** What the command line asks for. */
export interface PhoneOptions {
  /** What the caller says and types, in the order of the command line. */
  acts: CallerAct[];
  expected: RegExp[];
  url: string;
  from: string;
  to: string | undefined;
  authToken: string | undefined;
  publicUrl: string | undefined;
  trial: boolean;
  real: boolean;
  json: boolean;
  help: boolean;
}

/** A command line nobody can follow, as a sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const many = { type: 'string', multiple: true } as const;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const options = {
  say: many,
  digits: many,
  expect: many,
  url: text,
  from: text,
  to: text,
  'auth-token': text,
  'public-url': text,
  trial: flag,
  real: flag,
  json: flag,
  help: { ...flag, short: 'h' },
} as const;

type Settings = Readonly<Record<string, string | undefined>>;

/** Reads the command line; `settings` are the environment's. Throws UsageError. */
export function readOptions(argv: readonly string[], settings: Settings): PhoneOptions {
  const { values, tokens } = parse(argv);
  return {
    acts: tokens.flatMap((token) =>
      token.kind === 'option' && token.value !== undefined ? actOf(token.name, token.value) : [],
    ),
    expected: (values.expect ?? []).map(patternOf),
    url: urlOf(values.url ?? `http://127.0.0.1:${settings['PORT'] || '3000'}`, '--url'),
    from: values.from ?? '+12025550101',
    to: values.to,
    authToken: values['auth-token'],
    publicUrl: publicUrlOf(values['public-url'] ?? settings['PUBLIC_BASE_URL']),
    trial: values.trial === true,
    real: values.real === true,
    json: values.json === true,
    help: values.help === true,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, tokens: true, strict: true, allowPositionals: false });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function actOf(name: string, value: string): CallerAct[] {
  if (name === 'say') return [value.trim() === '' ? { silent: true } : { say: value }];
  if (name !== 'digits') return [];
  if (!/^[0-9*#]+$/.test(value)) throw new UsageError(`--digits takes 0-9, * and #, not "${value}"`);
  return [{ press: value }];
}

function patternOf(source: string): RegExp {
  try {
    return new RegExp(source, 'iu');
  } catch {
    throw new UsageError(`--expect "${source}" is not a regular expression`);
  }
}

function publicUrlOf(url: string | undefined): string | undefined {
  return url === undefined || url === '' ? undefined : urlOf(url, '--public-url');
}

function urlOf(url: string, option: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new UsageError(`${option} needs an address like http://127.0.0.1:3000, not "${url}"`);
}
