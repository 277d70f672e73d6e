import type { IncomingPhoneNumberInstance } from 'twilio/lib/rest/api/v2010/account/incomingPhoneNumber';
import { refused, type Failure } from './failure';
import type { Session } from './session';

/** More numbers than any small team has; a list that never ends stops here. */
const MOST_NUMBERS = 2_000;
const PAGE_SIZE = 50;
const NUMBERS_NAMED = 3;

/**
 * The number of the credentials as the account has it; undefined when the account does not have it. Twilio finds
 * partial matches too, so the whole number is compared here. Throws what the SDK throws.
 */
export async function findNumber({ twilio, credentials }: Session): Promise<IncomingPhoneNumberInstance | undefined> {
  const { phoneNumber } = credentials;
  const found = await twilio.incomingPhoneNumbers.list({ phoneNumber, pageSize: PAGE_SIZE, limit: MOST_NUMBERS });
  return found.find((number) => number.phoneNumber === phoneNumber);
}

/** The first few numbers the account has. Throws what the SDK throws. */
export async function someNumbers({ twilio }: Session): Promise<string[]> {
  const numbers = await twilio.incomingPhoneNumbers.list({ pageSize: PAGE_SIZE, limit: NUMBERS_NAMED });
  return numbers.map(({ phoneNumber }) => phoneNumber);
}

/** The failure for a number that belongs to somebody else, or to nobody. `others` are numbers the account has. */
export const notYourNumber = (phoneNumber: string, others: readonly string[]): Failure =>
  refused({
    field: 'phone_number',
    code: 'number_not_found',
    error: `This Twilio account has no number ${phoneNumber}.`,
    remedy:
      others.length === 0
        ? 'Buy a number with voice in the Twilio Console (Phone Numbers, Buy a number), then enter it here.'
        : `Enter a number of this account, for example ${others.join(' or ')}, or the credentials of the account that has this one.`,
  });
