import type { TextToSpeechClient } from '@google-cloud/text-to-speech';
import { requestFailure } from './google-failure';
import { within } from './within';

/** A page waits for the list no longer than this, in ms. */
const LISTING_MS = 2_000;

/** Asks for the names of the voices of a language (BCP 47), once for each. The function throws UpstreamError. */
export function createVoiceList(client: () => Promise<TextToSpeechClient>): (language: string) => Promise<string[]> {
  const known = new Map<string, string[]>();
  return async (language) => {
    const found = known.get(language);
    if (found) return found;
    try {
      const listing = client().then((google) =>
        google.listVoices({ languageCode: language }, { timeout: LISTING_MS, retry: null }),
      );
      const [{ voices }] = await within(LISTING_MS, listing);
      const names = (voices ?? []).flatMap(({ name }) => (name ? [name] : [])).sort();
      known.set(language, names);
      return names;
    } catch (error) {
      throw requestFailure(error);
    }
  };
}
