import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Log } from '../common/log';
import type { Clip } from '../conversations/ports';
import type { Clips } from './clips';
import { convertForTelephone } from './ffmpeg';
import { readWav, withLeadIn } from './wav';

/** Why a recording is no greeting, for its owner. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';

  constructor(
    readonly code: 'silent' | 'too_long' | 'too_large' | 'not_a_file',
    message: string,
  ) {
    super(message);
  }
}

/** A greeting recorded by the owner: any audio file of at most 60 s and 25 MB. */
export interface RecordedGreetingOptions {
  file: string;
  ffmpegPath?: string | undefined;
  clips: Clips;
}

const MOST_BYTES = 25 * 1024 * 1024;
const MOST_SECONDS = 60;
const TIMEOUT_MS = 60_000;
/** Many mobiles clip the first word of a call. */
const LEAD_IN_MS = 300;
const OWNER = { name: 'recorded, levelled', language: '' };
/** Mu-law codes for next to nothing: from here on to 0x7f, whatever the sign (ITU-T G.711). */
const QUIETEST = 0x78;

/**
 * The owner's greeting as a clip. It is converted once and then found on disk by the recording's content. Undefined,
 * with a log line that says why, when it cannot be used: the greeting is then spoken by the voice. Never rejects.
 */
export async function prepareRecordedGreeting(
  options: RecordedGreetingOptions & { log: Log },
): Promise<Clip | undefined> {
  try {
    return await convertRecordedGreeting(options);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    options.log.warn('greeting', { data: { file: options.file, message } });
    return undefined;
  }
}

/** The same, for whoever waits for it. Throws UpstreamError, as `convertForTelephone` does, or RecordingError. */
export async function convertRecordedGreeting(options: RecordedGreetingOptions): Promise<Clip> {
  const { file, ffmpegPath = 'ffmpeg', clips } = options;
  const content = createHash('sha256')
    .update(await readBounded(file))
    .digest('hex');
  const name = clips.nameOf({ kind: 'phrase', voice: OWNER, text: content, leadInMs: LEAD_IN_MS });
  clips.keep('greeting', [name]);
  const found = await clips.find(name);
  if (found) return found.clip;
  const wav = await convertForTelephone({ file, ffmpegPath, mostSeconds: MOST_SECONDS + 1, timeoutMs: TIMEOUT_MS });
  const info = readWav(wav);
  if (!info || isSilent(wav.subarray(info.dataStart, info.dataEnd))) {
    throw new RecordingError('silent', 'The recorded greeting holds no sound.');
  }
  if (info.durationMs > MOST_SECONDS * 1000) {
    throw new RecordingError(
      'too_long',
      `The recorded greeting is longer than ${MOST_SECONDS} s; callers would hang up.`,
    );
  }
  return clips.put(name, 'phrase', withLeadIn(wav, LEAD_IN_MS));
}

async function readBounded(file: string): Promise<Buffer> {
  const found = await stat(file);
  if (!found.isFile()) throw new RecordingError('not_a_file', 'The recorded greeting is not a file.');
  if (found.size > MOST_BYTES) throw new RecordingError('too_large', 'The recorded greeting is larger than 25 MB.');
  return readFile(file);
}

/** Callers must not wait for a greeting that nobody can hear. */
const isSilent = (muLaw: Buffer): boolean => muLaw.every((code) => (code & 0x7f) >= QUIETEST);
