import { reach } from '../doctor/public-links';
import { checkGroqKey, type KeyVerdict } from '../reply/groq-check';
import { readGoogleEntry, type GoogleEntry } from '../settings/google-access';
import { checkGoogleVoice } from '../speech/google-check';
import type { Voice } from '../conversations/ports';
import type { Credentials } from '../telephony/credentials';
import type { Telephony } from '../telephony/telephony';
import { googleAccess } from './google-access';
import { proofOf } from './own-keys';
import type { Surroundings } from './surroundings';
import type { Trial } from './trial';

/** True calls to Twilio, Groq and Google with credentials that somebody has just entered. */
export function createChecks(
  surroundings: Surroundings,
  { telephony, trial, voice }: { telephony: Telephony; trial: Trial; voice: () => Voice },
) {
  const { config, clock, log } = surroundings;
  return {
    async checkCredentials(credentials: Credentials) {
      const verdict = await telephony.checkCredentials(credentials);
      if (verdict.ok) await trial.remember(credentials.accountSid, verdict.trial);
      return verdict;
    },
    checkGroqKey: (apiKey: string): Promise<KeyVerdict> =>
      checkGroqKey({ apiKey, baseURL: config.GROQ_BASE_URL, model: config.GROQ_MODEL }),
    /** What is to be said of an address that does not lead here, as far as this machine can see. */
    async checkPublicAddress(address: string): Promise<string | undefined> {
      const { link } = await reach({ address, proofOf: (nonce) => proofOf(surroundings, nonce) });
      return link.state === 'works' ? undefined : `${link.detail} ${link.remedy ?? ''}`.trim();
    },
    async checkGoogleKey(entry: GoogleEntry): Promise<KeyVerdict> {
      const read = readGoogleEntry(entry);
      if (!read.ok) return { ok: false, message: read.error, remedy: read.remedy };
      const access = googleAccess({ google: () => ({ ...read.value, source: 'page' }) }, config.GOOGLE_TTS_ENDPOINT);
      return checkGoogleVoice({ ...access, clock, log }, voice());
    },
  };
}
