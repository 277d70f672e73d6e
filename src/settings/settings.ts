import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { Database } from '../storage/database';
import { createChanges, type Changes } from './changes';
import { createPrices, type OwnersPrices } from './prices';
import { createRules, type OwnersRules } from './rules';
import { createPageValues, type PageValues, type ValuesEnvironment } from './page-values';
import { openProfileVersions, type ProfileVersions } from './profile-versions';
import { openSmallValues } from './small-values';
import { createTwilioCredentials, type TwilioEnvironment, type TwilioInUse } from './twilio-credentials';
import { openVault } from './vault';

const OVERLAP_MS = 24 * 60 * 60_000;
const RECIPIENTS = 'recipients';
/** Keeps the names of others apart from our own. */
const STATE = 'state.';

/** The variables that the page's values go before. */
export interface SettingsEnvironment extends TwilioEnvironment, ValuesEnvironment {}

/** What the settings need. */
export interface SettingsOptions {
  database: Database;
  /** SECRET_KEY, or the text of the key file: whoever has it can open the secrets. */
  key: string;
  environment: SettingsEnvironment;
  /** Gives the first profile; asked only where none is stored that can be used. May throw ConfigError. */
  seedProfile: () => Profile;
  clock: Clock;
  log: Log;
  /** How long a replaced auth token still verifies signatures, in ms. */
  overlapMs?: number;
}

/**
 * Everything that can be set while Frontdesk runs. Reads are answered from memory; a write is durable, and seen by the
 * next read, once it resolves, and changes nothing where it rejects. Writes take effect in the order they were asked.
 */
export interface Settings extends TwilioInUse, PageValues, OwnersPrices, OwnersRules, ProfileVersions {
  /** A small value that somebody else keeps here, or undefined. Nothing secret. */
  state(name: string): unknown;
  /** Keeps a small value, as JSON; undefined removes it. Listeners are not told. */
  setState(name: string, value: unknown): Promise<void>;
  /** Who is told of calls, as it was kept; sealed, since addresses and secrets are in it. */
  recipients(): unknown;
  saveRecipients(recipients: unknown): Promise<void>;
  /** The names of stored secrets that cannot be opened with the present key. */
  unreadable(): readonly string[];
  onChange: Changes['onChange'];
  /** Every secret in use, for a log to hide. */
  secrets(): string[];
}

/** Opens the settings. Throws ConfigError where `seedProfile` does. The database stays the caller's to close. */
export async function openSettings(options: SettingsOptions): Promise<Settings> {
  const { database, key, environment, seedProfile, clock, log, overlapMs = OVERLAP_MS } = options;
  const changes = createChanges(log);
  const vault = await openVault({ database, key, clock, log });
  const small = await openSmallValues({ database, clock });
  const twilio = createTwilioCredentials({ vault, environment, clock, changes, overlapMs });
  const values = createPageValues({ vault, small, environment, changes });
  const profiles = await openProfileVersions({ database, seed: seedProfile, clock, changes, log });
  return {
    ...twilio,
    ...values,
    ...profiles,
    ...createPrices(small, changes),
    ...createRules(small, changes),
    state: (name) => small.get(STATE + name),
    setState: (name, value) => changes.inTurn(() => small.set(STATE + name, value)),
    recipients: () => vault.get(RECIPIENTS),
    saveRecipients: (recipients) =>
      changes.inTurn(async () => {
        await vault.write({ [RECIPIENTS]: recipients });
        changes.tell('recipients');
      }),
    unreadable: vault.shut,
    onChange: changes.onChange,
    secrets: () => secretsOf(twilio, values),
  };
}

function secretsOf({ authTokens, twilio }: TwilioInUse, { groqKey, google }: PageValues): string[] {
  const access = google();
  const one = [
    twilio()?.apiKeySecret,
    groqKey()?.value,
    access && 'apiKey' in access ? access.apiKey : undefined,
    access && 'serviceAccount' in access ? access.serviceAccount.private_key : undefined,
  ];
  return [...authTokens(), ...one.filter((secret) => secret !== undefined)];
}
