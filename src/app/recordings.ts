import type { RecordingsElsewhere } from '../calls/voicemails';
import type { Settings } from '../settings/settings';
import type { Telephony } from '../telephony/telephony';
import { fallbackIn } from './outside-fallback';

/** Until when Twilio was looked at, in ms; before the first look, since when the number is ours. */
export const LOOKED_AT = 'reconciled_at';

/** What Twilio has of calls and recordings, and until when it was looked at. */
export const createHistory = (settings: Settings, telephony: Telephony) => ({
  async history(since: number) {
    const credentials = settings.twilio();
    const found = credentials && (await telephony.history(credentials, since));
    return found?.ok ? found : undefined;
  },
  lookedAt() {
    const at = settings.state(LOOKED_AT);
    return typeof at === 'number' ? at : undefined;
  },
  looked: (at: number) => settings.setState(LOOKED_AT, at),
});

/** The recordings at Twilio, asked with the credentials in use. */
export function createRecordings(settings: Settings, telephony: Telephony): RecordingsElsewhere {
  return {
    async fetch(sid) {
      const credentials = settings.twilio();
      const fetched = credentials && (await telephony.fetchRecording(credentials, sid));
      return fetched?.ok ? fetched : undefined;
    },
    madeByOurFallback: () => fallbackIn(settings)?.url !== undefined,
    async remove(sid) {
      const credentials = settings.twilio();
      return credentials !== undefined && (await telephony.removeRecording(credentials, sid)).ok;
    },
  };
}
