import { phoneLibrary } from './phone-library';

const COSTLY = ['PREMIUM_RATE', 'SHARED_COST', 'UAN', 'VOICEMAIL', 'PAGER'];

/** Whether a number in E.164 form is one to ring a person on: possible, and neither premium nor of shared cost. */
export function isDialable(number: string): boolean {
  const parsed = phoneLibrary().parsePhoneNumberFromString(number);
  if (!parsed?.isPossible()) return false;
  const type = parsed.getType();
  return type === undefined || !COSTLY.includes(type);
}
