import { refused, type Failure } from './failure';
import { isNotFound } from './refusal';
import { tooLate, type Session } from './session';

/** A recording as Twilio lists it. Times in ms since 1970. */
export interface TwilioRecording {
  sid: string;
  callSid: string;
  status: string;
  seconds: number;
  createdAt: number;
}

/** A recording's file, and the seconds of sound in it. */
export interface FetchedRecording {
  ok: true;
  wav: Buffer;
  seconds: number;
}

const API_HOST = 'https://api.twilio.com';
const PAGE_SIZE = 1_000;
const MOST_RECORDINGS = 20_000;
/** What a Record verb has made (twilio.com/docs/voice/api/recording); others belong to somebody else. */
const BY_RECORD = 'RecordVerb';
/** Two minutes of telephone sound are 2 MB. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_REDIRECTS = 3;

/** Voicemails made since a time (ms), the latest first. Throws what the SDK throws. */
export async function listRecordings(
  { twilio }: Session,
  since: number,
): Promise<{ recordings: TwilioRecording[]; whole: boolean }> {
  const found = await twilio.recordings.list({
    dateCreatedAfter: new Date(since),
    pageSize: PAGE_SIZE,
    limit: MOST_RECORDINGS,
  });
  const recordings = found
    .filter(({ source }) => source === BY_RECORD)
    .map(({ sid, callSid, status, duration, dateCreated }) => ({
      ...{ sid, callSid, status, seconds: Number.parseInt(duration, 10) || 0 },
      createdAt: dateCreated.getTime(),
    }));
  return { recordings, whole: found.length < MOST_RECORDINGS };
}

/**
 * A recording's WAV file. Asked of Twilio's own host alone, with our credentials; just after the call it may not be
 * there yet (support article 44750147594523): a Failure of the code `not_yet`. Throws what fetch throws.
 */
export async function fetchRecording(session: Session, sid: string): Promise<FetchedRecording | Failure> {
  const path = `/2010-04-01/Accounts/${session.credentials.accountSid}/Recordings/${sid}.wav`;
  const response = await session.download(path, API_HOST, MOST_REDIRECTS);
  if (response.status === 404) return notYet;
  if (!response.ok) throw Object.assign(new Error('not sent'), { status: response.status });
  const wav = await readBounded(response);
  const seconds = wav && isWav(wav) ? secondsOf(wav) : 0;
  return wav && seconds > 0 ? { ok: true, wav, seconds } : notWhole;
}

/** Removes a recording at Twilio; one that is gone already stays so. Throws what the SDK throws. */
export async function removeRecording({ twilio }: Session, sid: string): Promise<{ ok: true }> {
  try {
    await twilio.recordings(sid).remove();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  return { ok: true };
}

async function readBounded(response: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes > MOST_BYTES) throw tooLate();
  }
  const announced = Number(response.headers.get('content-length') ?? bytes);
  return announced === bytes ? Buffer.concat(chunks) : undefined;
}

/** A RIFF file of the kind WAVE that is as long as it says (EBU Tech 3285). */
function isWav(file: Buffer): boolean {
  if (file.length < 44 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    return false;
  const says = file.readUInt32LE(4) + 8;
  return says <= file.length || says === 0xffffffff + 8;
}

/** Counted from the bytes that are there: what a header says of its length may be a writer's "not known". */
function secondsOf(file: Buffer): number {
  const data = file.indexOf('data', 12, 'latin1');
  const bytesPerSecond = file.readUInt32LE(28);
  return data === -1 || bytesPerSecond === 0 ? 0 : (file.length - data - 8) / bytesPerSecond;
}

const notYet = refused({
  field: null,
  code: 'not_yet',
  error: 'Twilio does not have the recording ready.',
  remedy: 'It is asked again by itself.',
});

const notWhole = refused({
  field: null,
  code: 'not_whole',
  error: 'What Twilio sent is not a whole recording.',
  remedy: 'It is asked again by itself.',
});
