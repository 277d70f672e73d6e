/** What a log line carries besides its event type. What was said goes into `words` and nowhere else. */
export interface LogFields {
  callSid?: string | undefined;
  step?: string;
  data?: Record<string, unknown>;
  durationMs?: number;
  /** Written only where transcripts are switched on. */
  words?: string;
}

/** Where events are written down. Never throws, never waits. */
export interface Log {
  info(eventType: string, fields?: LogFields): void;
  warn(eventType: string, fields?: LogFields): void;
  error(eventType: string, fields?: LogFields): void;
}

/** A log that keeps nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
