import type { Message } from './ports';

/** The history of one call: the system prompt first, then who said what. */
export interface History {
  heardFrom(caller: string): void;
  /** Joins words to the caller's last utterance, which nobody has answered as far as the caller knows. */
  continueCaller(words: string): void;
  said(words: string): void;
  /** The system prompt and the newest `limit` messages at most, beginning with a caller's. */
  window(limit: number): readonly Message[];
  /** The window as it would be after a change that is not made. */
  windowAfter(change: (history: History) => void, limit: number): readonly Message[];
  /** Everything it holds but the system prompt. */
  messages(): readonly Message[];
  /** Takes the place of everything but the system prompt. */
  restore(messages: readonly Message[]): void;
}

/**
 * An empty history under a system prompt, which is long and therefore composed when it is asked for, not kept. Older
 * messages than `keep` are forgotten.
 */
export function createHistory(systemPrompt: () => string, keep: number): History {
  const messages: Message[] = [];
  const add = (role: 'user' | 'assistant', content: string) => {
    if (!content) return;
    messages.push({ role, content });
    if (messages.length > keep) messages.splice(0, messages.length - keep);
  };
  return {
    heardFrom: (words) => add('user', words),
    said: (words) => add('assistant', words),
    messages: () => [...messages],
    restore: (earlier) => void messages.splice(0, messages.length, ...earlier.slice(-keep)),
    continueCaller(words) {
      const last = messages.at(-1);
      if (last?.role === 'user') messages[messages.length - 1] = { role: 'user', content: `${last.content} ${words}` };
      else add('user', words);
    },
    windowAfter(change, limit) {
      const copy = createHistory(systemPrompt, keep);
      copy.restore(messages);
      change(copy);
      return copy.window(limit);
    },
    window(limit) {
      const newest = messages.slice(-limit);
      const begin = newest.findIndex((message) => message.role === 'user');
      return [{ role: 'system', content: systemPrompt() }, ...(begin < 0 ? [] : newest.slice(begin))];
    },
  };
}
