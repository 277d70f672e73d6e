import type { Profile } from '../common/profile';
import type { Config } from '../config';
import type { Settings } from '../settings/settings';
import type { DeployedFallback } from '../telephony/fallback/fallback';
import type { SpokenFallback } from '../telephony/fallback/spoken';
import type { WantedNumber } from '../telephony/number-state';
import { sayVoiceOf } from './voices';

const LONGEST_MESSAGE_S = 120;
const APOLOGY = 'We are sorry, our line has technical trouble at the moment.';

/** What answers while Frontdesk is down, as it was made last. */
export interface OutsideFallback {
  way: 'function' | 'studio' | 'twiml-bin';
  /** Where Twilio finds it; undefined for a TwiML Bin that is not pasted yet. */
  url?: string;
  /** The text to paste. */
  twiml?: string;
  refusals: string[];
  /** Why the last change of the profile did not reach it. */
  behind?: string;
}

/** Where the number's calls are to go. */
export function wantedAt(address: string | undefined, fallback: OutsideFallback | undefined): WantedNumber | undefined {
  if (address === undefined) return undefined;
  return {
    voiceUrl: `${address}/api/voice/incoming`,
    statusCallback: `${address}/api/voice/status`,
    fallbackUrl: fallback?.url ?? `${address}/api/voice/fallback`,
  };
}

/** A deployment as it is remembered. A Bin keeps the address it was given when its text is made anew. */
export function fallbackOf(deployed: DeployedFallback, before: OutsideFallback | undefined): OutsideFallback {
  const { way, refusals } = deployed;
  if (way !== 'twiml-bin') return { way, url: deployed.url, refusals };
  const url = before?.way === 'twiml-bin' ? before.url : undefined;
  return { way, twiml: deployed.twiml, refusals, ...(url === undefined ? {} : { url }) };
}

/** What is remembered after the profile has changed: only its owner can change a Bin. */
export const followed = (after: OutsideFallback, before: OutsideFallback): OutsideFallback =>
  after.url === undefined || after.twiml === before.twiml
    ? after
    : { ...after, behind: 'The text below has changed with the profile. Paste it into the TwiML Bin again.' };

/** What callers hear while Frontdesk is down. */
export const spokenOf = (profile: Profile, config: Config): SpokenFallback => ({
  apology: APOLOGY,
  businessName: profile.businessName,
  goodbye: profile.phrases.goodbye,
  language: profile.language,
  voice: sayVoiceOf(profile, config).name,
  recordSeconds: LONGEST_MESSAGE_S,
});

const STATE = 'outside_fallback';

/** The fallback as it was made last for the account in use; one of another account answers nobody here. */
export function fallbackIn(settings: Pick<Settings, 'state' | 'twilio'>): OutsideFallback | undefined {
  const kept = settings.state(STATE) as { accountSid?: string; fallback?: OutsideFallback } | undefined;
  return kept && kept.accountSid === settings.twilio()?.accountSid ? kept.fallback : undefined;
}

/** Remembers what was made in an account, or that there is none. */
export const rememberFallback = (
  settings: Pick<Settings, 'setState'>,
  { accountSid, fallback }: { accountSid: string; fallback: OutsideFallback | undefined },
): Promise<void> => settings.setState(STATE, fallback && { accountSid, fallback });
