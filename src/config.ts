import { accessSync, constants, statSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from './common/errors';
import { GOOGLE_VOICE, SAY_VOICE } from './common/profile';
import { isLoopbackHost } from './common/this-machine';

const TRUE = ['true', '1', 'yes', 'on'];
const FALSE = ['false', '0', 'no', 'off'];

const text = z.string();
const count = (least: number, most: number) =>
  z.coerce
    .number(`must be a number`)
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, `must be at most ${most}`);
const yesOrNo = z
  .string()
  .toLowerCase()
  .refine((value) => [...TRUE, ...FALSE].includes(value), 'must be true or false')
  .transform((value) => TRUE.includes(value));

const webAddress = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    'must be an address like https://phone.example.com',
  )
  .refine(
    (value) => !URL.canParse(value) || !/[?#@\s]/.test(value),
    'must be without spaces, a query, a fragment and a password',
  )
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));

/** Groq's SDK adds /openai/v1 itself; with it in the address every request would be a 404. */
const groqAddress = webAddress.transform((value) => value.replace(/\/openai\/v1$/, ''));

const loopbackEndpoint = z
  .string()
  .regex(/^[^:/\s]+:\d{1,5}$/, { error: 'must be host:port', abort: true })
  .refine(
    (value) => isLoopbackHost(value),
    'is plain text without credentials, so its host must be this machine, like 127.0.0.1:8443',
  );

function isReadableFile(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A list of origins, with commas. */
const origins = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
  )
  .refine(
    (list) => list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
    'must be origins like https://intranet.example.com, with commas between',
  );

/** A list of hosts, each perhaps with a port, with commas. */
const hosts = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((host) => host.trim().toLowerCase())
      .filter(Boolean),
  )
  .refine(
    (list) => list.every((host) => /^(?:[\w.-]+|\[[\da-f:]+\])(?::\d{1,5})?$/.test(host)),
    'must be hosts like n8n.local:5678, with commas between',
  );

const loopbackAddress = webAddress.refine(
  (value) => !URL.canParse(value) || isLoopbackHost(new URL(value).host),
  'must be an address of this machine',
);

const variables = z.object({
  PORT: count(0, 65_535).default(3_000),
  HOST: text.default('127.0.0.1'),
  PUBLIC_BASE_URL: webAddress.optional(),
  TWILIO_ACCOUNT_SID: text
    .regex(/^AC[0-9a-zA-Z]{32}$/, 'must be "AC" and 32 characters, as the Twilio Console shows it')
    .optional(),
  TWILIO_AUTH_TOKEN: text.regex(/^\S+$/, 'must be without spaces').optional(),
  TWILIO_API_BASE_URL: loopbackAddress.optional(),
  TWILIO_PHONE_NUMBER: text.regex(/^\+[1-9]\d{1,14}$/, 'must be in E.164 form, like +12025550100').optional(),
  GROQ_API_KEY: text.regex(/^\S+$/, 'must be without spaces').optional(),
  GROQ_MODEL: text.default('openai/gpt-oss-120b'),
  GROQ_FALLBACK_MODEL: text.default('openai/gpt-oss-20b'),
  GROQ_TEMPERATURE: z.coerce
    .number('must be a number')
    .min(0, 'must be at least 0')
    .max(2, 'must be at most 2')
    .default(1),
  GROQ_MAX_TOKENS: count(1, 65_536).default(1_024),
  GROQ_BASE_URL: groqAddress.optional(),
  GOOGLE_APPLICATION_CREDENTIALS: text.refine(isReadableFile, 'must name a file that can be read').optional(),
  GOOGLE_API_KEY: text.regex(/^\S+$/, 'must be without spaces').optional(),
  GOOGLE_CLOUD_PROJECT: text.optional(),
  GOOGLE_TTS_ENDPOINT: loopbackEndpoint.optional(),
  TTS_VOICE: text.regex(GOOGLE_VOICE, 'must be a Google voice, like en-US-Neural2-F').optional(),
  SAY_VOICE: text.regex(SAY_VOICE, 'must be a voice of Twilio, like Google.en-US-Neural2-F or woman').optional(),
  ADMIN_TOKEN: text.regex(/^\S{16,}$/, 'must be at least 16 characters without spaces').optional(),
  SECRET_KEY: text.min(32, 'must be at least 32 characters').optional(),
  CORS_ORIGINS: origins.default([]),
  WEBHOOK_ALLOWED_HOSTS: hosts.default([]),
  PROFILE_FILE: text.optional(),
  CONVERSATION_HISTORY_LIMIT: count(1, 200).default(10),
  MAX_CONCURRENT_CALLS: count(1, 100_000).default(150),
  COALESCE_MS: count(0, 2_000).default(250),
  SPECULATION: z.enum(['on', 'off', 'auto'], 'must be on, off or auto').default('auto'),
  SPECULATION_PER_MINUTE: count(0, 100_000).default(10),
  AUDIO_DIR: text.default('public/audio'),
  LOG_DIR: text.default('logs'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug'], 'must be error, warn, info or debug').default('info'),
  LOG_TRANSCRIPTS: yesOrNo.default(false),
  DATA_DIR: text.default('data'),
  FFMPEG_PATH: text.optional(),
});

/** The variables Frontdesk reads, checked, with every default filled in. */
export type Config = z.infer<typeof variables>;

/** The names of all variables. */
export const VARIABLES = Object.keys(variables.shape) as readonly (keyof Config)[];

/**
 * Reads the configuration from an environment. An empty variable counts as unset.
 * Throws ConfigError with every problem found.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = VARIABLES.flatMap((name) => {
    const value = environment[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  const result = variables.safeParse(Object.fromEntries(given));
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map((issue) => problem(issue, environment)));
}

const SECRET = /TOKEN|KEY|SID/;
/** A password in an address, or a whole key file where its name belongs. */
const HOLDS_A_SECRET = /@|[{\n]|.{200}/;

function problem(issue: z.core.$ZodIssue, environment: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const value = environment[name]?.trim() ?? '';
  const shown = SECRET.test(name) || HOLDS_A_SECRET.test(value) ? '' : ` (it is "${value}")`;
  return `${name} ${issue.message}${shown}. Correct it in .env or the environment, or remove it for the default.`;
}

/** What is in use, from the environment or from the console's pages. */
export interface InUse {
  twilio: boolean;
  groq: boolean;
  google_tts: boolean;
  profile: boolean;
  /** PROFILE_FILE gave the first profile, and another is in use by now. */
  profileFileIsBehind: boolean;
  publicBaseUrl: string | undefined;
  language: string;
}

/** What is missing or doubtful, as sentences for the person who starts Frontdesk; each names its remedy. */
export function adviceFor(inUse: InUse): string[] {
  const { twilio, groq, google_tts, profile, profileFileIsBehind, publicBaseUrl, language } = inUse;
  const url = publicBaseUrl ? new URL(publicBaseUrl) : undefined;
  const checks: readonly (readonly [boolean, string])[] = [
    [
      !twilio,
      'No Twilio credentials (TWILIO_AUTH_TOKEN): only calls from this machine are answered. Try one: npm run call',
    ],
    [!groq, 'No Groq key (GROQ_API_KEY): the built-in answerer replies from the profile and takes messages.'],
    [
      !google_tts,
      "No Google credentials (GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_API_KEY): Twilio's own voices speak.",
    ],
    [
      !url,
      'No public address (PUBLIC_BASE_URL): Twilio cannot reach Frontdesk. Set the https address that leads here.',
    ],
    [
      url?.protocol === 'http:' && !isLoopbackHost(url.host),
      "The public address (PUBLIC_BASE_URL) is plain http: callers' words travel unprotected. Use https.",
    ],
    [
      !profile,
      'The example business answers. Make it yours on the console, or with PROFILE_FILE before the first start.',
    ],
    [profileFileIsBehind, 'PROFILE_FILE gave the first profile only: another is in use, as the console shows it.'],
    [
      !language.startsWith('en'),
      `The profile speaks ${language}, but the built-in answerer and the message dialogue speak English. Set GROQ_API_KEY, and write the profile's phrases and greeting in that language.`,
    ],
  ];
  return checks.filter(([applies]) => applies).map(([, sentence]) => sentence);
}
