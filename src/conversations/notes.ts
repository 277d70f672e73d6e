import { messageFields } from '../common/message-fields';
import type { ProfileField } from '../common/profile';
import type { Call } from './call';
import { isQuoted } from './evidence';
import type { MessageSeed } from './message/dialogue';
import { emailIn, spokenEmail } from './message/email';
import { spokenNumber } from './message/phone-number';
import { digitsIn } from './message/spoken-digits';
import type { ConversationParts } from './parts';
import type { Note } from './ports';
import { provenValue } from './proven-value';

const THANKS = 'Thank you.';
/** As many of a number's digits tell it from others. */
const TELLING_DIGITS = 7;
const HOW_ELSE = 'What else can I do for you?';

/** Keeps what a model says the caller told, if it is of a known field and there are the caller's own words for it. */
export function keepNote(
  { book, log }: ConversationParts,
  call: Call,
  { note, turn }: { note: Note; turn: number },
): void {
  const said = call.history.flatMap(({ role, content }) => (role === 'user' ? [content] : []));
  const { fields, country } = call.profile;
  const field = fields.find(({ name }) => name === note.field);
  const value = field && said.some((words) => isQuoted(note.quote, words)) && provenValue(field, note, country);
  log.info('decision', { callSid: call.callSid, step: 'noted', data: { turn, kept: Boolean(value) } });
  if (!value) return;
  const kept = { ...note, value };
  call.notes = [...call.notes.filter((each) => each.field !== note.field), kept];
  book.noted({ callSid: call.callSid, notes: [kept] });
}

/** The fields nobody has told yet, by name. */
export function missingFields({ profile, notes }: Call): string[] {
  const told = new Set(notes.map(({ field }) => field));
  return profile.fields.map(({ name }) => name).filter((name) => !told.has(name));
}

/** What is said where a model noted something and said nothing itself. */
export function afterNotes(call: Call): string {
  const [next] = missingFields(call);
  return `${THANKS} ${next === undefined ? HOW_ELSE : `And may I ask for your ${next}?`}`;
}

/** Has a number or an address that was noted just now confirmed; undefined where it was said to the caller already. */
export function readBackOfNotes(call: Call, fresh: readonly Note[], reply: string): string | undefined {
  const { fields, country } = call.profile;
  const earlier = call.history.flatMap(({ role, content }) => (role === 'assistant' ? [content] : []));
  for (const { field: name, value } of call.notes.filter(({ field }) => fresh.some((each) => each.field === field))) {
    const kind = fields.find((field) => field.name === name)?.kind;
    if (kind !== 'phone' && kind !== 'email') continue;
    if ([...earlier, reply].some((words) => holds(words, value))) continue;
    return `I have ${kind === 'phone' ? spokenNumber(value, country) : spokenEmail(value)}. Is that right?`;
  }
  return undefined;
}

const holds = (words: string, value: string): boolean =>
  value.includes('@')
    ? emailIn(words)?.endsWith(value) === true
    : digitsIn(words).includes(value.slice(-TELLING_DIGITS));

/** What of a message is noted already. */
export function notedFor({ profile, notes }: Call): MessageSeed {
  const { name, number, reason } = messageFields(profile.fields);
  const value = (of: ProfileField | undefined) => notes.find(({ field }) => field === of?.name)?.value;
  return { name: value(name), number: value(number), reason: value(reason) };
}
