import { grouped } from './read-back';
import type { CallersMessage, DialogueStep, MessageState } from './state';

/** A reason is cut off after this many characters. */
const LONGEST_REASON = 1_000;

/**
 * The message as far as it is known: `number` is E.164, the caller's own if they gave no other and did not refuse it.
 * Digits that never became a number they agreed to stand in the reason.
 */
export function messageOf(state: MessageState): CallersMessage {
  const { name, saved } = state;
  const number = saved ? saved.number : (state.number ?? (state.ownRefused ? undefined : state.callerId));
  const reason = joined([state.opening, state.reason, saved || number === undefined ? heardInPart(state) : undefined]);
  return { name: saved ? saved.name : name, number, reason };
}

/** Whether a message holds what somebody could act on. */
function isEnough(state: MessageState): boolean {
  const { name, number } = messageOf(state);
  return state.reason !== undefined || heardInPart(state) !== undefined || (name !== undefined && number !== undefined);
}

/** Whether an unfinished message holds anything worth writing down; an unfinished correction, anything new. */
export function worthKeeping(state: MessageState): boolean {
  return state.saved ? heardInPart(state) !== undefined : isEnough(state);
}

/** The state with words added to the reason, once. */
export function withWords(state: MessageState, words: string | undefined): MessageState {
  if (words === undefined || state.reason?.split('; ').includes(words)) return state;
  const reason = joined([state.reason, words]);
  return reason === undefined ? state : { ...state, reason };
}

/** Every question is answered or given up: complete if there is enough, else abandoned. */
export function complete(state: MessageState): DialogueStep {
  const settled = { ...state };
  delete settled.saved;
  if (!isEnough(settled)) return abandon(settled, "I'm sorry, I have not been able to take a message.");
  const { number } = messageOf(settled);
  const done = { ...settled, stage: 'complete' as const, misses: 0, ...(number !== undefined && { number }) };
  return { state: done, say: '', mode: 'open', outcome: 'complete' };
}

/** Ends early, with what is there; a correction that did not come about leaves the message as it was saved. */
export function finish(state: MessageState): DialogueStep {
  return state.saved ? unchanged(state) : complete(state);
}

/** Ends a correction that was given up. */
export function unchanged(state: MessageState): DialogueStep {
  const ended: MessageState = { ...state, stage: 'complete' };
  return { state: ended, say: 'Alright, your message stays as it is.', mode: 'open', outcome: 'unchanged' };
}

/** Ends without a message. */
export function abandon(state: MessageState, say: string): DialogueStep {
  return { state: { ...state, stage: 'abandoned' }, say, mode: 'open', outcome: 'abandoned' };
}

/** What was heard of a number that was never agreed to, for the people who read the message. */
function heardInPart({ saved, number, digits, unconfirmed }: MessageState): string | undefined {
  const other = saved && number !== saved.number ? number : undefined;
  const heard = other?.replace(/^\+1/, '') ?? (digits === '' ? unconfirmed : digits);
  if (heard === undefined || heard === '') return undefined;
  return `${saved ? 'new number, not confirmed' : 'number heard in part'}: ${grouped(heard)}`;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join('; ').slice(0, LONGEST_REASON);
}
