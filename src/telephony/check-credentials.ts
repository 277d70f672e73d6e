import { fetchAccount } from './account';
import { refused, type Failure } from './failure';
import { findNumber, notYourNumber, someNumbers } from './numbers';
import type { Session } from './session';

/** Credentials that Twilio accepts, for a number that can take calls. */
export interface AcceptedCredentials {
  ok: true;
  trial: boolean;
  accountName?: string;
  /** What could not be made sure of, as sentences for the owner. */
  warnings: string[];
}

/**
 * Asks Twilio whether the credentials open an active account that owns the number, with voice. The form of each field
 * has been looked at before. Throws what the SDK throws for requests about the number.
 */
export async function checkWithTwilio(session: Session): Promise<AcceptedCredentials | Failure> {
  const account = await fetchAccount(session);
  if (!account.ok) return account;
  const number = await checkNumber(session, account.trial);
  if (!number.ok) return number;
  const name = account.name === undefined ? {} : { accountName: account.name };
  return { ok: true, trial: account.trial, ...name, warnings: number.warnings };
}

async function checkNumber(session: Session, trial: boolean): Promise<{ ok: true; warnings: string[] } | Failure> {
  const { phoneNumber } = session.credentials;
  const number = await findNumber(session);
  if (number) return checkVoice(number.capabilities, phoneNumber);
  const others = await someNumbers(session);
  // A trial account's number may be lent to it, and is then in no list.
  if (trial && others.length === 0) return { ok: true, warnings: [unlisted(phoneNumber)] };
  return notYourNumber(phoneNumber, others);
}

function checkVoice(
  capabilities: { voice?: boolean } | null | undefined,
  phoneNumber: string,
): { ok: true; warnings: string[] } | Failure {
  const voice = capabilities?.voice;
  if (voice === true) return { ok: true, warnings: [] };
  if (voice === undefined)
    return { ok: true, warnings: [`Twilio does not say whether ${phoneNumber} can take calls.`] };
  return refused({
    field: 'phone_number',
    code: 'number_without_voice',
    error: `The number ${phoneNumber} cannot take calls: it has no voice capability.`,
    remedy: 'Choose a number with voice in the Twilio Console (Phone Numbers, Manage, Active numbers).',
  });
}

const unlisted = (phoneNumber: string): string =>
  `Twilio lists no number for this trial account, so it could not be checked that ${phoneNumber} is yours.`;
