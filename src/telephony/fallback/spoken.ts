/** What callers hear while Frontdesk is down, in the profile's words. */
export interface SpokenFallback {
  /** Like "We are sorry, nobody can take your call at the moment." */
  apology: string;
  businessName: string;
  /** How the caller is asked for a message; in English by default. */
  invitation?: string;
  goodbye: string;
  /** As Twilio names them: "en-US" and "Google.en-US-Neural2-F". */
  language: string;
  voice: string;
  /** The longest message. */
  recordSeconds: number;
}

/** The words in the order in which they are said, around the recording. */
export interface FallbackWords {
  opening: string;
  closing: string;
}

const INVITATION =
  'Please leave your name, your number and a short message after the tone. When you are done, hang up.';
const GOODBYE = 'Goodbye.';

/** XML 1.0 cannot hold the first, and Twilio's editors read braces as variables of their own. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff{}]|\p{Cs}/gu;

const clean = (text: string): string => text.replace(UNSPEAKABLE, '').trim();

/** The owner's words, fit to be said by Twilio. */
export function wordsOf({ businessName, apology, invitation, goodbye }: SpokenFallback): FallbackWords {
  const name = clean(businessName).replace(/\.$/, '');
  const opening = [name && `${name}.`, clean(apology), clean(invitation ?? INVITATION)].filter(Boolean).join(' ');
  return { opening, closing: clean(goodbye) || GOODBYE };
}
