import type { RecordingsElsewhere } from '../calls/voicemails';
import type { Settings } from '../settings/settings';
import type { Telephony } from '../telephony/telephony';

/** The recordings at Twilio, asked with the credentials in use. */
export function createRecordings(settings: Settings, telephony: Telephony): RecordingsElsewhere {
  return {
    async fetch(sid) {
      const credentials = settings.twilio();
      const fetched = credentials && (await telephony.fetchRecording(credentials, sid));
      return fetched?.ok ? fetched.wav : undefined;
    },
    async remove(sid) {
      const credentials = settings.twilio();
      return credentials !== undefined && (await telephony.removeRecording(credentials, sid)).ok;
    },
  };
}
