import type { Log } from '../common/log';
import { UpstreamError } from '../common/errors';
import type { Clip, Voice } from '../conversations/ports';
import type { Clips } from './clips';
import type { Synthesize } from './google';
import { withLeadIn } from './wav';

/** A sentence said word for word in many calls. `leadInMs` is the silence before its first word. */
interface PhraseText {
  text: string;
  leadInMs?: number;
}

/** The fixed phrases, made ahead of the calls that need them. */
export interface Phrases {
  /**
   * Makes these phrases the current ones and, one at a time, those that are not on disk yet. Resolves when all are
   * ready or the voice has failed; what is missing then is tried again later, with growing pauses. Never rejects.
   */
  prepare(texts: readonly PhraseText[]): Promise<void>;
  /** The phrase's clip, once it is ready. */
  clipFor(text: string): Clip | undefined;
  close(): void;
}

/** `retryMs` is the pause after the first failure; it doubles with each further one. */
export interface PhrasesOptions {
  synthesize: Synthesize;
  clips: Clips;
  voice: Voice;
  log: Log;
  retryMs?: number;
}

const RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/** Fixed phrases in one voice. Close it, or it tries again while the process lives. */
export function createPhrases({ synthesize, clips, voice, log, retryMs = RETRY_MS }: PhrasesOptions): Phrases {
  const ready = new Map<string, Clip>();
  let round = 0; // a later `prepare` or `close` ends what an earlier one began
  let timer: NodeJS.Timeout | undefined;

  const nameOf = (phrase: PhraseText) => clips.nameOf({ kind: 'phrase', voice, ...phrase });

  async function make(phrase: PhraseText): Promise<Clip> {
    const name = nameOf(phrase);
    const found = await clips.find(name);
    if (found) return found.clip;
    const wav = await synthesize(phrase.text, voice);
    return clips.put(name, 'phrase', withLeadIn(wav, phrase.leadInMs ?? 0));
  }

  /** Resolves to the failure that the voice gave, if it gave one. A refusal of one text is no reason to skip the next. */
  async function makeAll(texts: readonly PhraseText[], mine: number): Promise<unknown> {
    let failure: unknown;
    for (const phrase of texts) {
      try {
        const clip = await make(phrase);
        if (mine !== round) return undefined;
        ready.set(phrase.text, clip);
      } catch (error) {
        failure = error;
        if (!(error instanceof UpstreamError && error.reason === 'bad-request')) break;
      }
    }
    return failure;
  }

  async function tryAll(texts: readonly PhraseText[], mine: number, pauseMs: number): Promise<void> {
    const failure = await makeAll(texts, mine);
    if (mine !== round || failure === undefined) return;
    const reason = failure instanceof UpstreamError ? failure.reason : 'unknown';
    const missing = texts.filter(({ text }) => !ready.has(text)).length;
    log.warn('phrases', { data: { reason, missing, retryInMs: pauseMs } });
    const later = Math.min(pauseMs * 2, LONGEST_RETRY_MS);
    timer = setTimeout(() => void tryAll(texts, mine, later), pauseMs).unref();
  }

  function begin(): number {
    clearTimeout(timer);
    round += 1;
    return round;
  }

  return {
    prepare(texts) {
      const mine = begin();
      const current = new Set(texts.map(nameOf));
      for (const [text, clip] of ready) if (!current.has(clip.name)) ready.delete(text);
      clips.keep('phrases', current);
      return tryAll(texts, mine, retryMs);
    },
    clipFor: (text) => ready.get(text),
    close: () => void begin(),
  };
}
