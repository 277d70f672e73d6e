import type { Message } from './ports';

/** Who said what on a call, the oldest first. What is said makes a new one: calls are many, and none has room to spare. */
export type History = readonly Message[];

const adding = (history: History, role: 'user' | 'assistant', content: string): History =>
  content ? history.concat({ role, content }) : history;

/** With what the caller said. */
export const withCaller = (history: History, words: string): History => adding(history, 'user', words);

/** With what we said. */
export const withReply = (history: History, words: string): History => adding(history, 'assistant', words);

/** With words joined to the caller's last utterance, which nobody has answered as far as the caller knows. */
export function withMoreOfCaller(history: History, words: string): History {
  const last = history.at(-1);
  return last?.role === 'user'
    ? withCaller(history.slice(0, -1), `${last.content} ${words}`)
    : withCaller(history, words);
}

/** The newest messages, `limit` at most. */
export const newest = (history: History, limit: number): History => history.slice(-limit);

/** What a model reads: the system prompt, and the newest `limit` messages at most, beginning with a caller's. */
export function windowOf(history: History, systemPrompt: string, limit: number): readonly Message[] {
  const messages = newest(history, limit);
  const begin = messages.findIndex((message) => message.role === 'user');
  return [{ role: 'system', content: systemPrompt }, ...(begin < 0 ? [] : messages.slice(begin))];
}
