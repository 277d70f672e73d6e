/** The paid services of which a call uses so much: tokens of a model, characters of a voice, speech understood. */
export type UsageKind = 'tokens in' | 'tokens out' | 'voice' | 'say' | 'heard';

/**
 * What was used of one thing: `name` is the model (tokens), Google's voice (voice, in characters), Twilio's voice (say,
 * in characters) or 'speech' (heard, in utterances of the caller).
 */
export interface Usage {
  kind: UsageKind;
  name: string;
  amount: number;
}
