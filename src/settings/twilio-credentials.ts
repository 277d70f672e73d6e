import { z } from 'zod';
import type { Clock } from '../common/clock';
import type { Changes } from './changes';
import type { Source } from './sourced';
import type { Vault } from './vault';

const CURRENT = 'twilio';
const REPLACED = 'twilio.replaced';

const credentialsSchema = z.object({
  accountSid: z.string().min(1),
  authToken: z.string().min(1),
  phoneNumber: z.string().min(1),
  apiKeySid: z.string().min(1).optional(),
  apiKeySecret: z.string().min(1).optional(),
});

const replacedSchema = z.array(z.object({ authToken: z.string(), replacedAt: z.number() }));

/** What Twilio knows us by. `phoneNumber` in E.164 form. */
export type TwilioCredentials = z.infer<typeof credentialsSchema>;

/** What the environment says of Twilio. Without all three the auth token still verifies signatures. */
export interface TwilioEnvironment {
  TWILIO_ACCOUNT_SID?: string | undefined;
  TWILIO_AUTH_TOKEN?: string | undefined;
  TWILIO_PHONE_NUMBER?: string | undefined;
}

/** The credentials in use. */
export interface TwilioInUse {
  twilio(): (TwilioCredentials & { source: Source }) | undefined;
  /** The auth token in use, then those it replaced less than `overlapMs` ago. */
  authTokens(): string[];
  /** Keeps credentials that were checked. A token they replace stays valid for a while. */
  saveTwilio(credentials: TwilioCredentials): Promise<void>;
  /** Removes what the page gave, and the replaced tokens: what is forgotten verifies nothing any more. */
  forgetTwilio(): Promise<void>;
}

/** What the credentials need. */
export interface TwilioOptions {
  vault: Vault;
  environment: TwilioEnvironment;
  clock: Clock;
  changes: Changes;
  /** How long a replaced auth token still verifies signatures, in ms. */
  overlapMs: number;
}

/** The Twilio credentials: those in the vault, else the environment's. */
export function createTwilioCredentials({ vault, environment, clock, changes, overlapMs }: TwilioOptions): TwilioInUse {
  const fromEnvironment = completeIn(environment);
  let page = credentialsSchema.safeParse(vault.get(CURRENT)).data;
  let replaced = replacedSchema.safeParse(vault.get(REPLACED)).data ?? [];
  const token = () => page?.authToken ?? environment.TWILIO_AUTH_TOKEN;
  // A clock that was wrong in either direction must not keep a token alive.
  const stillValid = () => replaced.filter(({ replacedAt }) => Math.abs(clock.now() - replacedAt) < overlapMs);
  return {
    twilio() {
      if (page) return { ...page, source: 'page' };
      return fromEnvironment && { ...fromEnvironment, source: 'environment' };
    },
    authTokens() {
      const current = token();
      return [...(current ? [current] : []), ...stillValid().map(({ authToken }) => authToken)];
    },
    saveTwilio: (credentials) =>
      changes.inTurn(async () => {
        const before = token();
        const earlier = before ? [{ authToken: before, replacedAt: clock.now() }, ...stillValid()] : stillValid();
        const others = earlier.filter(({ authToken }) => authToken !== credentials.authToken);
        await vault.write({ [CURRENT]: credentials, [REPLACED]: others.length > 0 ? others : undefined });
        page = credentials;
        replaced = others;
        changes.tell('twilio');
      }),
    forgetTwilio: () =>
      changes.inTurn(async () => {
        await vault.write({ [CURRENT]: undefined, [REPLACED]: undefined });
        page = undefined;
        replaced = [];
        changes.tell('twilio');
      }),
  };
}

function completeIn(environment: TwilioEnvironment): TwilioCredentials | undefined {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_PHONE_NUMBER: phoneNumber,
  } = environment;
  return accountSid && authToken && phoneNumber ? { accountSid, authToken, phoneNumber } : undefined;
}
