import type { Clock } from '../../common/clock';
import type { Tokens } from '../../conversations/ports';
import type { Chunk } from './chunk';

/** Keeps count of one reply for its log line. */
export interface Tally {
  /** Counts a chunk in and returns the words to pass on: its content, less the blanks a reply may begin with. */
  add(chunk: Chunk): string;
  elapsedMs(): number;
  spoke(): boolean;
  /** What the model counted, once it has said so. */
  tokens(): Tokens | undefined;
  /** What the log may know: times in ms and counts, never the words themselves. */
  figures(): Record<string, unknown>;
}

/** A tally that starts now. */
export function startTally(clock: Clock): Tally {
  const startedAt = clock.now();
  let text = '';
  let firstWordsMs: number | undefined;
  let usage: Chunk['usage'];
  const elapsedMs = () => clock.now() - startedAt;
  return {
    elapsedMs,
    spoke: () => text !== '',
    tokens: () => usage && { prompt: usage.prompt_tokens, completion: usage.completion_tokens },
    add(chunk) {
      usage = chunk.usage ?? usage;
      const words = text === '' ? chunk.content.trimStart() : chunk.content;
      if (words !== '') firstWordsMs ??= elapsedMs();
      text += words;
      return words;
    },
    figures: () => ({
      first_words_ms: firstWordsMs,
      total_ms: elapsedMs(),
      words: text.split(/\s+/).filter(Boolean).length,
      ...(usage ? { tokens: { prompt: usage.prompt_tokens, completion: usage.completion_tokens } } : {}),
    }),
  };
}
