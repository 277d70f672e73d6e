import { once } from 'node:events';
import { join } from 'node:path';
import { createLogger, format, transports, type Logger } from 'winston';
import type { Log, LogFields } from './log';
import { maskPhones, maskSecrets } from './mask';

const MAX_FILE_BYTES = 10_000_000;
const MAX_FILES = 5;

/** Where and what to log. `secrets` are replaced wherever they turn up. */
export interface LogOptions {
  directory: string;
  level: string;
  transcripts: boolean;
  secrets: readonly string[];
  /** Also to standard output: readable lines on a terminal, the same JSON lines elsewhere. */
  console: boolean;
}

/** A log that can be closed once every line is written. */
export interface ClosableLog extends Log {
  close(): Promise<void>;
}

type Line = Record<string, unknown>;

function cleaner(secrets: readonly string[]): (data: Line | undefined) => Line {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return maskPhones(maskSecrets(value, secrets));
    if (Array.isArray(value)) return value.map(clean);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clean(entry)]));
  };
  return (data) => clean(data ?? {}) as Line;
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

/** A winston log: JSON lines in rotated files under `directory`. A full or missing disk never stops the program. */
export function createLog(options: LogOptions): ClosableLog {
  const winston = startWinston(options);
  const secrets = options.secrets.filter((secret) => secret.length >= 4);
  const clean = cleaner(secrets);
  let closed = false;
  const write =
    (level: string) =>
    (eventType: string, fields: LogFields = {}) => {
      if (closed) return;
      const { callSid, step, data, durationMs, words } = fields;
      const said = options.transcripts && words !== undefined ? { words: maskSecrets(words, secrets) } : {};
      winston.log({
        level,
        message: '',
        timestamp: new Date().toISOString(),
        event_type: eventType,
        call_sid: callSid === undefined ? null : maskSecrets(callSid, secrets),
        step: step ?? null,
        data: { ...clean(data), ...said },
        duration_seconds: durationMs === undefined ? undefined : Math.round(durationMs) / 1_000,
      });
    };
  return {
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    async close() {
      closed = true;
      const ended = once(winston, 'finish');
      winston.end();
      await ended;
    },
  };
}

function startWinston({ directory, level, console: toConsole }: LogOptions): Logger {
  const file = new transports.File({
    filename: join(directory, 'frontdesk.log'),
    maxsize: MAX_FILE_BYTES,
    maxFiles: MAX_FILES,
    tailable: true,
    format: orderedJson,
  });
  const screen = new transports.Console({ format: process.stdout.isTTY ? readable : orderedJson });
  const logger = createLogger({ level });
  for (const transport of toConsole ? [file, screen] : [file]) logger.add(transport);
  logger.on('error', (error) => process.stderr.write(`The log cannot be written: ${String(error)}\n`));
  return logger;
}
