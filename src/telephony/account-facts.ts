import { fetchAccount } from './account';
import type { Failure } from './failure';
import type { Session } from './session';

/** What an owner should know of the account. */
export interface AccountFacts {
  ok: true;
  trial: boolean;
  accountName?: string;
  /** As Twilio writes it, like "12.3400" and "USD"; undefined where it does not say, as for a subaccount. */
  balance?: { amount: string; currency: string };
  /** What this account cannot do, or not for long, as sentences. */
  limits: string[];
}

/** Below so much of its currency an account is soon suspended. */
const LOW_BALANCE = 5;
const NEW_ACCOUNT_MS = 30 * 24 * 3_600_000;

/** Of twilio.com/docs/usage/trials. */
const TRIAL_LIMITS = [
  'A trial call ends after 10 requests between Twilio and Frontdesk, and after 10 minutes.',
  'Only numbers that you verified in the Twilio Console can call or be called, five at most.',
  'Callers hear a notice that this is a trial before Frontdesk answers.',
  'Voicemail recordings and transfers to a person are replaced by a spoken notice.',
  'There are 75 minutes in all, five calls at a time, for 30 days.',
];

/** Trial or not, the balance, and the limits that follow. Throws what the SDK throws. */
export async function readAccountFacts(session: Session): Promise<AccountFacts | Failure> {
  const account = await fetchAccount(session);
  if (!account.ok) return account;
  const { trial, name, createdAt } = account;
  const balance = await balanceOf(session);
  const isNew = !trial && createdAt !== undefined && Date.now() - createdAt.getTime() < NEW_ACCOUNT_MS;
  return {
    ok: true,
    trial,
    ...(name === undefined ? {} : { accountName: name }),
    ...(balance ? { balance } : {}),
    limits: [
      ...(trial ? TRIAL_LIMITS : []),
      ...(isNew ? ['A new account may have few calls at a time until its customer profile is approved (10004).'] : []),
      ...(balance && Number(balance.amount) < LOW_BALANCE ? [lowBalance(balance)] : []),
    ],
  };
}

/** Undefined when Twilio does not tell: the balance is worth knowing, not worth failing for. */
async function balanceOf({ byToken }: Session): Promise<AccountFacts['balance']> {
  try {
    const { balance, currency } = await byToken.balance.fetch();
    return { amount: balance, currency };
  } catch {
    return undefined;
  }
}

const lowBalance = ({ amount, currency }: { amount: string; currency: string }): string =>
  `The balance is ${amount} ${currency}; when it is used up, Twilio suspends the account and nobody can call.`;
