import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../common/log';
import { floodLimit } from './guard';

/** A clip as the store has it. Fixed phrases are the same for everybody and for ever; replies are one caller's. */
export interface StoredClip {
  wav: Buffer;
  etag: string;
  kind: 'phrase' | 'reply';
}

/** What the audio route needs of the clip store. */
export interface ClipFinder {
  isClipName: (name: string) => boolean;
  find: (name: string) => Promise<StoredClip | undefined>;
  quietWav: () => Buffer;
}

const MISSES_A_MINUTE = 120;
const CACHING = { phrase: 'public, max-age=31536000, immutable', reply: 'private, no-store' } as const;

/**
 * Serves clips. A failed Play ends a call with "application error", so that a well-formed name whose clip is gone
 * gets a short quiet WAV. Guessing names is slowed down.
 */
export function createAudioRoute({ isClipName, find, quietWav }: ClipFinder, log: Log): RequestHandler[] {
  const flood = floodLimit(MISSES_A_MINUTE, (response) => response.locals['clip'] !== undefined);
  const look: RequestHandler = async (request, response, next) => {
    const name = String(request.params['filename']);
    if (isClipName(name)) response.locals['clip'] = await find(name);
    next();
  };
  const serve: RequestHandler = (request, response) => {
    const name = String(request.params['filename']);
    const clip = response.locals['clip'] as StoredClip | undefined;
    if (!clip && !isClipName(name)) return void response.status(404).type('text/plain').send('No such clip.\n');
    if (!clip) log.warn('clip_gone', { data: { name } });
    const { wav, etag, kind } = clip ?? goneClip(quietWav());
    response.set({ 'Content-Type': 'audio/wav', 'Cache-Control': CACHING[kind], ETag: etag });
    response.send(wav);
  };
  return [look, flood, serve];
}

const goneClip = (wav: Buffer): StoredClip => ({
  wav,
  etag: `"${createHash('sha256').update(wav).digest('hex').slice(0, 32)}"`,
  kind: 'reply',
});
