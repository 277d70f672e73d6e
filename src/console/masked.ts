import { maskSecrets } from '../common/mask';
import type { ConsoleSettings, Source } from './ports';

/** A secret as it may be shown: its last four characters, if it is long enough to keep the rest. */
export const maskedSecret = (secret: string): string => `••••${secret.length >= 12 ? secret.slice(-4) : ''}`;

/** A text in which nothing of `entered` can be read; what is too short to be a secret stays. */
export const withoutEntered = (text: string, entered: readonly (string | undefined)[]): string =>
  maskSecrets(text, entered.filter((value) => value !== undefined && value.length >= 4).map(String));

const maskedSid = (sid: string) => `${sid.slice(0, 4)}…${sid.slice(-4)}`;

/** The Twilio credentials as the API and the page show them. */
export interface MaskedTwilio {
  configured: boolean;
  source: Source | null;
  account_sid: string | null;
  auth_token: string | null;
  phone_number: string | null;
}

/** The Twilio credentials in use, without what must stay secret. */
export function maskedTwilio(settings: Pick<ConsoleSettings, 'twilio'>): MaskedTwilio {
  const inUse = settings.twilio();
  return {
    configured: inUse !== undefined,
    source: inUse?.source ?? null,
    account_sid: inUse ? maskedSid(inUse.accountSid) : null,
    auth_token: inUse ? maskedSecret(inUse.authToken) : null,
    phone_number: inUse?.phoneNumber ?? null,
  };
}
