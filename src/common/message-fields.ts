import type { ProfileField } from './profile';

const NAME = /^(?:your |full |the )*name$/i;
const REASON = /^(?:your |the )*reason(?: (?:for|of) (?:your|the) call)?$/i;

/** Which of the owner's fields the name, the number and the reason of a message belong to. */
export const messageFields = (fields: readonly ProfileField[]) => ({
  name: fields.find(({ kind, name }) => kind === 'text' && NAME.test(name)),
  number: fields.find(({ kind }) => kind === 'phone'),
  reason: fields.find(({ kind, name }) => kind === 'text' && REASON.test(name)),
});
