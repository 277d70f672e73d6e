import { setTimeout as pause } from 'node:timers/promises';
import { send } from './http';
import type { OpenCall } from './turn';
import { fieldsOf, signed } from './twilio';

/** What the recogniser tells while the caller speaks: these words, so many ms after the first. */
export interface Partial {
  words: string;
  atMs: number;
}

/** Words as they grow, and when the final ones come, in ms after the first partial. */
export interface Stream {
  partials: Partial[];
  finalAtMs: number;
  /** Whether the last partial words are the final ones: no other turn can be begun ahead. */
  isExact: boolean;
}

const LEAD_MS = { least: 300, most: 900 };
const WORD_MS = { least: 60, most: 180 };
/** Of the streams whose last partial is the final words; the others lack a word or have another one. */
const EXACT = 0.8;

/** How the words come in, one more each time, without the marks that the recogniser sets in the end. */
export function streamOf(words: string, random: () => number): Stream {
  const between = ({ least, most }: { least: number; most: number }) => least + random() * (most - least);
  const list = words.replace(/[.,]/g, '').split(' ');
  let atMs = 0;
  const partials = list.map((_, index) => {
    atMs += index === 0 ? 0 : between(WORD_MS);
    return { words: list.slice(0, index + 1).join(' '), atMs };
  });
  const kind = random();
  if (kind > EXACT) partials.pop();
  if (kind > (1 + EXACT) / 2) partials.push({ words: [...list.slice(0, -1), 'please'].join(' '), atMs });
  return { partials, finalAtMs: (partials.at(-1)?.atMs ?? 0) + between(LEAD_MS), isExact: kind <= EXACT };
}

/** Tells the partial words at their times; resolves when the final ones are due. */
export async function speakPartials({ number, partials: url }: OpenCall, stream: Stream): Promise<void> {
  const startedAt = performance.now();
  const until = (ms: number) => pause(Math.max(0, startedAt + ms - performance.now()));
  for (const [sequence, { words, atMs }] of stream.partials.entries()) {
    await until(atMs);
    const { SpeechResult, Confidence, ...fields } = fieldsOf(number, words);
    const heard = { UnstableSpeechResult: words, StableSpeechResult: '', Stability: '0.9' };
    if (url)
      void send(url, signed(url, { ...fields, ...heard, SequenceNumber: String(sequence) })).catch(() => undefined);
  }
  await until(stream.finalAtMs);
}
