import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { wordsOf, type SpokenFallback } from './spoken';

/** Seconds of silence after which a message counts as finished. */
export const SILENCE_SECONDS = 5;

/**
 * Apologises and records a message. What is said after a message comes from `action`; without it Twilio asks for this
 * document again, and the caller who has hung up by then does not hear it (twilio.com/docs/voice/twiml/record).
 */
export function openingTwiml(spoken: SpokenFallback, action?: string): string {
  const response = new VoiceResponse();
  const { opening, closing } = wordsOf(spoken);
  response.say(voiceOf(spoken), opening);
  response.record({
    maxLength: spoken.recordSeconds,
    timeout: SILENCE_SECONDS,
    finishOnKey: '#',
    ...(action === undefined ? {} : { action, method: 'POST' }),
  });
  // Reached when nothing was said: an empty recording goes on to the next verb.
  response.say(voiceOf(spoken), closing);
  response.hangup();
  return response.toString();
}

/** Says goodbye after a message. */
export function closingTwiml(spoken: SpokenFallback): string {
  const response = new VoiceResponse();
  const { closing } = wordsOf(spoken);
  response.say(voiceOf(spoken), closing);
  response.hangup();
  return response.toString();
}

const voiceOf = ({ voice, language }: SpokenFallback): VoiceResponse.SayAttributes =>
  ({ voice, language }) as VoiceResponse.SayAttributes;
