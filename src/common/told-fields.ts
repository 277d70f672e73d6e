import type { CallField, WrittenCall } from './call-record';
import { messageFields } from './message-fields';
import type { ProfileField } from './profile';

/** What came of something the owner wants to know: `not said` where the caller was asked, as far as that is known. */
export const FIELD_STATES = ['said', 'not said', 'not asked'] as const;
export interface ToldField {
  name: string;
  state: (typeof FIELD_STATES)[number];
  field: CallField | undefined;
}

/** The owner's fields in their order, then what is known besides. Who left a whole message was asked what one needs. */
export function toldFields(
  { fields, messages }: Pick<WrittenCall, 'fields' | 'messages'>,
  wanted: readonly ProfileField[],
): ToldField[] {
  const wholeMessage = messages.some(({ partial, voicemail }) => !partial && !voicemail);
  const asked = wholeMessage ? Object.values(messageFields(wanted)).map((each) => each?.name) : [];
  const names = new Set([...wanted, ...fields].map(({ name }) => name));
  return [...names].map((name) => {
    const field = fields.find((each) => each.name === name);
    return { name, state: field ? 'said' : asked.includes(name) ? 'not said' : 'not asked', field };
  });
}
