import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import type { Log } from '../common/log';
import { NO_PAGE, answerPlainly } from './answers';
import { floodLimit } from './guard';

/** A clip as the store has it: the same for everybody and for ever, or one caller's. */
export interface StoredClip {
  wav: Buffer;
  etag: string;
  isForAll: boolean;
}

/** What the audio route needs of the clip store. */
export interface ClipFinder {
  isClipName: (name: string) => boolean;
  find: (name: string) => Promise<StoredClip | undefined>;
  quietWav: () => Buffer;
}

const MISSES_A_MINUTE = 120;
const FOR_ALL = 'public, max-age=31536000, immutable';
const FOR_ONE = 'private, no-store';

/**
 * Serves clips. A failed Play ends a call with "application error", so that a well-formed name whose clip is gone
 * gets a short quiet WAV. Guessing names is slowed down.
 */
export function createAudioRoute({ isClipName, find, quietWav }: ClipFinder, log: Log): RequestHandler {
  const flood = floodLimit(MISSES_A_MINUTE);
  const miss = (name: string, response: Response) => {
    if (!isClipName(name)) return answerPlainly(response, 404, 'No such clip.\n');
    log.warn('clip_gone', { data: { name } });
    serve(goneClip(quietWav()), response);
  };
  return async (request, response) => {
    const name = String(request.params['filename']);
    const clip = isClipName(name) ? await find(name) : undefined;
    if (clip) return serve(clip, response);
    return flood(request, response, () => miss(name, response));
  };
}

function serve({ wav, etag, isForAll }: StoredClip, response: Response): void {
  const caching = { 'Cache-Control': isForAll ? FOR_ALL : FOR_ONE };
  response.set({ ...NO_PAGE, 'Content-Type': 'audio/wav', ...caching, ETag: etag }).send(wav);
}

const goneClip = (wav: Buffer): StoredClip => ({
  wav,
  etag: `"${createHash('sha256').update(wav).digest('hex').slice(0, 32)}"`,
  isForAll: false,
});
