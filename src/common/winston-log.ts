import type { Writable } from 'node:stream';
import { isNativeError } from 'node:util/types';
import { createLogger, format, transports } from 'winston';
import type { Log, LogFields } from './log';
import { complain, rotatingFile } from './log-file';
import { maskPhones, maskSecrets } from './mask';

/** What is shorter is no secret, and would mask half of every line. */
const LEAST_SECRET = 4;
/** Lines are written together, so many ms after the first of them was told; a warning or an error at once, with what led to it. */
const GATHERED_MS = 100;
/** How long closing waits for the last lines to be written, in ms. */
const CLOSING_MS = 2_000;
/** Data nested deeper than this is left out, and so is what refers to itself. */
const MAX_DEPTH = 8;

/** Where and what to log. `secrets` are asked for whenever lines are written, and replaced wherever they turn up. */
export interface LogOptions {
  directory: string;
  level: string;
  transcripts: boolean;
  secrets: () => readonly string[];
  /** Also to standard output: readable lines on a terminal, the same JSON lines elsewhere. */
  console: boolean;
}

/** A log that can be closed once every line is written. */
export interface ClosableLog extends Log {
  close(): Promise<void>;
}

type Line = Record<string, unknown>;

/** The kind and place of an error; its message might hold a caller's words. */
const placeOf = ({ name, stack = '' }: Error) =>
  [name, ...(stack.match(/^\s+at .*$/gm) ?? []).slice(0, 3)].join(' ').replace(/\s+/g, ' ');

type Clean = (text: string) => string;

/** A value as it may be written, in plain JSON: every text in it, keys included, without secrets and numbers. */
function cleaned(value: unknown, clean: Clean, depth = 0): unknown {
  if (typeof value === 'string') return clean(value);
  if (typeof value === 'bigint') return clean(String(value));
  if (value === null || typeof value !== 'object') return value;
  if (isNativeError(value)) return clean(placeOf(value));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth >= MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.map((entry) => cleaned(entry, clean, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [clean(key), cleaned(entry, clean, depth + 1)]),
  );
}

/** What was told and is not written yet. */
interface Told {
  level: string;
  eventType: string;
  at: Date;
  fields: LogFields;
}

interface WrittenLine {
  timestamp: string;
  level: string;
  event_type: string;
  call_sid: string | null;
  step: string | null;
  data: Line;
  duration_seconds?: number;
}

const readable = format.printf((info) => {
  const { level, timestamp, event_type, call_sid, step, data, duration_seconds } = info as unknown as WrittenLine;
  return [
    `${timestamp.slice(11, 19)} ${level} ${event_type}`,
    call_sid?.slice(-6),
    step,
    duration_seconds === undefined ? undefined : `(${duration_seconds} s)`,
    Object.keys(data).length > 0 ? JSON.stringify(data) : undefined,
  ]
    .filter(Boolean)
    .join(' ');
});

const orderedJson = format.printf((info) => {
  const { timestamp, level, event_type, call_sid, step, data, duration_seconds } = info as Line;
  return JSON.stringify({ timestamp, level, event_type, call_sid, step, data, duration_seconds });
});

/** What becomes of a line's fields. Throws for data that refuses to be read, such as a getter that throws. */
function lineOf(
  { at, fields }: Told,
  { transcripts, secrets }: { transcripts: boolean; secrets: readonly string[] },
): Omit<WrittenLine, 'level' | 'event_type'> {
  const { callSid, step, data, durationMs, words } = fields;
  const withoutSecrets: Clean = (text) => maskSecrets(text, secrets);
  const clean: Clean = (text) => maskPhones(withoutSecrets(text));
  return {
    timestamp: at.toISOString(),
    call_sid: callSid === undefined ? null : clean(callSid),
    step: step === undefined ? null : clean(step),
    data: {
      ...(cleaned(data ?? {}, clean) as Line),
      ...(transcripts && words !== undefined ? { words: withoutSecrets(words) } : {}),
    },
    ...(durationMs === undefined ? {} : { duration_seconds: Math.round(durationMs) / 1_000 }),
  };
}

/**
 * A winston log: JSON lines in rotated files under `directory`. Lines that a full or missing disk does not take are
 * lost, and standard error is told once; nothing throws, and the disk is tried again with the next line. Lines are
 * written a little later, together: no caller waits for them.
 */
export function createLog(options: LogOptions): ClosableLog {
  const file = rotatingFile(options.directory);
  const logger = createLogger({ level: options.level });
  logger.add(new transports.Stream({ stream: file, format: orderedJson, eol: '\n' }));
  if (options.console) logger.add(new transports.Console({ format: process.stdout.isTTY ? readable : orderedJson }));
  let closed = false;
  let waiting: Told[] = [];
  let knownBefore: readonly string[] = [];
  const write = (told: Told, secrets: readonly string[]) => {
    const line = lineOf(told, { transcripts: options.transcripts, secrets });
    logger.log({ level: told.level, message: '', event_type: told.eventType, ...line });
  };
  const writeAll = () => {
    if (waiting.length === 0) return; // a warning was written meanwhile, and this with it
    const all = waiting;
    waiting = [];
    orComplain(() => {
      const known = options.secrets();
      const secrets = [...knownBefore, ...known].filter((secret) => secret.length >= LEAST_SECRET);
      knownBefore = known; // one may be replaced after a line with it was told
      for (const told of all) orComplain(() => write(told, secrets));
    });
  };
  const tell =
    (level: string) =>
    (eventType: string, fields: LogFields = {}) => {
      if (closed) return;
      if (level !== 'info') setImmediate(writeAll);
      else if (waiting.length === 0) setTimeout(writeAll, GATHERED_MS);
      waiting.push({ level, eventType, at: new Date(), fields });
    };
  return {
    info: tell('info'),
    warn: tell('warn'),
    error: tell('error'),
    async close() {
      if (closed) return;
      closed = true;
      writeAll();
      await ended(logger);
      await ended(file);
    },
  };
}

function orComplain(work: () => void): void {
  try {
    work();
  } catch (error) {
    complain(error);
  }
}

/** Resolves once everything is written, or when that takes too long. */
const ended = (stream: Writable) =>
  new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, CLOSING_MS);
    stream.end(() => {
      clearTimeout(limit);
      resolve();
    });
  });
