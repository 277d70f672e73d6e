import type { Failure } from './failure';
import { failureOf, inactive, isNotFound, noSuchAccount } from './refusal';
import type { Session } from './session';

/** What Frontdesk wants to know of an account. */
export interface Account {
  ok: true;
  name: string | undefined;
  /** A trial account plays a notice, calls verified numbers only and ends calls after ten hops. */
  trial: boolean;
  createdAt: Date | undefined;
}

/**
 * The account behind the credentials, asked with the auth token, since a standard API key may not read it. A failure
 * when the token is wrong or the account takes no calls. Throws what the SDK throws when there is no answer.
 */
export async function fetchAccount({ byToken, credentials }: Session): Promise<Account | Failure> {
  try {
    // The answer also holds the auth token: only these fields leave this function.
    const { status, type, friendlyName, dateCreated } = await byToken.api.v2010
      .accounts(credentials.accountSid)
      .fetch();
    if (status === 'suspended' || status === 'closed') return inactive(status);
    return { ok: true, name: friendlyName || undefined, trial: isTrial(type), createdAt: asDate(dateCreated) };
  } catch (error) {
    if (isNotFound(error)) return noSuchAccount;
    return failureOf(error, { credentials, with: 'token' });
  }
}

const isTrial = (type: string | undefined): boolean => type?.toLowerCase() === 'trial';

const asDate = (value: unknown): Date | undefined =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? value : undefined;
