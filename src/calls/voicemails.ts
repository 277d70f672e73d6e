import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingReport } from '../common/call-reports';
import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { SaveMessage } from '../conversations/ports';
import { voicemailId } from '../conversations/voicemail';
import type { Database } from '../storage/database';
import { createRounds } from './rounds';

const S = 1_000;
const MIN = 60 * S;
/** How long after each failed try to fetch a recording the next one is made, in ms. */
const LONGEST_PAUSE = 24 * 60 * MIN;
const PAUSES = [S, 3 * S, 10 * S, 30 * S, 2 * MIN, 10 * MIN, 60 * MIN, 6 * 60 * MIN, LONGEST_PAUSE];
const LOOK_EVERY_MS = S;
const AT_ONCE = 4;
const SID = /^RE[0-9a-f]{32}$/;

/** Recordings where they were made. Nothing here throws. */
export interface RecordingsElsewhere {
  /** The file and its length in seconds; undefined when it could not be had now. */
  fetch(sid: string): Promise<{ wav: Buffer; seconds: number } | undefined>;
  /** False when it could not be removed now. */
  remove(sid: string): Promise<boolean>;
  /** Whether our own fallback records calls while we are away; else somebody else has. */
  madeByOurFallback(): boolean;
}

interface VoicemailOptions {
  database: Database;
  /** The folder that holds them. */
  folder: string;
  elsewhere: RecordingsElsewhere;
  /** Whether what is kept here is removed there. */
  removeElsewhere: () => boolean;
  save: SaveMessage;
  changed: () => void;
  clock: Clock;
  log: Log;
}

/**
 * Voicemails: each becomes a message, is fetched, and then removed where it was made. What an earlier process left
 * waiting is fetched too.
 */
export function createVoicemails(options: VoicemailOptions) {
  const { database, folder, save, clock, log } = options;
  const { work, close } = createRounds({
    everyMs: LOOK_EVERY_MS,
    round: () => workThrough(options),
    failed: (error) => log.error('voicemail', { step: 'not fetched', data: { reason: String(error) } }),
  });
  return {
    /** Writes down a recording that the book does not know yet, as a message of its call. */
    async reported({ callSid, sid, seconds, at, test }: RecordingReport): Promise<void> {
      const call = await database
        .selectFrom('calls')
        .select('from_number')
        .where('sid', '=', callSid)
        .executeTakeFirst();
      const from = call?.from_number ?? undefined;
      const voicemail = { sid, seconds };
      const message = { callSid, from, name: undefined, number: from, reason: undefined, partial: false, voicemail };
      const takenAt = new Date(at).toISOString();
      await save({ ...message, id: voicemailId(voicemail), takenAt, ...(test ? { test: true as const } : {}) });
      void work();
    },
    work,
    /** The file of a voicemail that is kept here; undefined for any other name. */
    async file(sid: string): Promise<string | undefined> {
      const row = await database.selectFrom('recordings').select('state').where('sid', '=', sid).executeTakeFirst();
      return row?.state === 'kept' || row?.state === 'fetched' ? fileOf(folder, sid) : undefined;
    },
    async again(sid: string): Promise<boolean> {
      const row = await database
        .updateTable('recordings')
        .set({ state: 'waiting', tries: 0, due_at: clock.now() })
        .where('sid', '=', sid)
        .where('state', '=', 'failed')
        .executeTakeFirst();
      void work();
      return row.numUpdatedRows > 0n;
    },
    close,
  };
}

/** Where a recording lies. */
export const fileOf = (folder: string, sid: string): string => join(folder, `${sid}.wav`);

async function workThrough(options: VoicemailOptions): Promise<void> {
  const { database, clock } = options;
  const due = await database
    .selectFrom('recordings')
    .selectAll()
    .where('state', 'in', ['waiting', 'fetched'])
    .where('due_at', '<=', clock.now())
    .orderBy('due_at')
    .limit(AT_ONCE)
    .execute();
  if (due.length === 0) return;
  await Promise.all(due.map((row) => (row.state === 'waiting' ? fetchOne(options, row) : removeOne(options, row))));
  options.changed();
}

interface Due {
  sid: string;
  tries: number;
}

async function fetchOne(options: VoicemailOptions, { sid, tries, seconds }: Due & { seconds: number }): Promise<void> {
  const found = SID.test(sid) ? await options.elsewhere.fetch(sid) : undefined;
  if (!found) return later(options, { sid, tries, state: 'failed' });
  if (!(await isKept(options, sid, found.wav))) return later(options, { sid, tries, state: 'waiting' });
  // Twilio may have cut silence off, or the file may be torn: what is shorter than was said stays there too.
  const whole = found.seconds >= seconds - 1;
  const state = whole && options.removeElsewhere() && (await isOurs(options, sid)) ? 'fetched' : 'kept';
  const wanted = await note(options, sid, { state, tries: 0, due_at: options.clock.now() });
  if (!wanted) return rm(fileOf(options.folder, sid), { force: true });
  options.log.info('voicemail', { step: 'kept', data: { recording_sid: sid, bytes: found.wav.length, whole } });
}

/** False when it could not be written; that is no fault of the recording, which is never given up for it. */
const isKept = ({ folder, log }: VoicemailOptions, sid: string, wav: Buffer): Promise<boolean> =>
  keep(folder, sid, wav).then(
    () => true,
    (error: unknown) => {
      log.error('voicemail', { step: 'not written', data: { recording_sid: sid, reason: String(error) } });
      return false;
    },
  );

/** What somebody else has recorded on our number is theirs to remove. */
async function isOurs({ database, elsewhere }: VoicemailOptions, sid: string): Promise<boolean> {
  const call = await database
    .selectFrom('recordings')
    .innerJoin('calls', 'calls.sid', 'recordings.call_sid')
    .select('calls.answered_at')
    .where('recordings.sid', '=', sid)
    .executeTakeFirst();
  return typeof call?.answered_at === 'number' || elsewhere.madeByOurFallback();
}

/** Only what is safe here is removed there. */
async function removeOne(options: VoicemailOptions, { sid, tries }: Due): Promise<void> {
  const now = options.clock.now();
  if (!(await options.elsewhere.remove(sid))) return later(options, { sid, tries, state: 'kept' });
  await note(options, sid, { state: 'kept', removed_at: now });
}

/** Tries again after a while; `state` is what it comes to when that was often enough. */
async function later(options: VoicemailOptions, { sid, tries, state }: Due & { state: string }): Promise<void> {
  const pause = PAUSES[tries];
  options.log.warn('voicemail', { step: 'not yet', data: { recording_sid: sid, tries: tries + 1 } });
  const due_at = options.clock.now() + (pause ?? LONGEST_PAUSE);
  await note(options, sid, { tries: tries + 1, due_at, ...(pause === undefined ? { state } : {}) });
}

/** False when the recording was given up or its caller forgotten in the meantime. */
const note = async (
  { database }: VoicemailOptions,
  sid: string,
  change: { state?: string; tries?: number; due_at?: number; removed_at?: number },
) => {
  const done = await database
    .updateTable('recordings')
    .set(change)
    .where('sid', '=', sid)
    .where('state', 'in', ['waiting', 'fetched'])
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
};

/** Whole and on disk, or not there at all. */
async function keep(folder: string, sid: string, wav: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [file, draft] = [fileOf(folder, sid), fileOf(folder, `${sid}.part`)];
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(wav);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
