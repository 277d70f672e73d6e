import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { ListeningMode } from '../conversations/step';

type GatherAttributes = VoiceResponse.GatherAttributes;

const OPEN: GatherAttributes = { numDigits: 1, timeout: 6, speechTimeout: 'auto' };

/**
 * How each mode listens, in Gather's attributes (seconds). One key acts at once only with `numDigits` 1; a dictated
 * number needs it absent. `auto` is only valid without a speech model (Twilio error 13335).
 */
const MODES: Readonly<Record<ListeningMode, GatherAttributes>> = {
  open: { ...OPEN, actionOnEmptyResult: true },
  dictating: { finishOnKey: '#', timeout: 10, speechTimeout: '3', actionOnEmptyResult: true },
  yesNo: { numDigits: 1, timeout: 5, speechTimeout: '1', actionOnEmptyResult: true },
  moment: { numDigits: 1, timeout: 25, speechTimeout: 'auto', actionOnEmptyResult: true },
  closing: { ...OPEN, timeout: 4 },
};

/** The attributes of a Gather for a mode, and the words it should expect. */
export function gatherAttributes(mode: ListeningMode, hints: readonly string[]): GatherAttributes {
  const expected = mode === 'yesNo' ? ['yes', 'no'] : mode === 'dictating' ? [] : hints;
  return {
    input: ['speech', 'dtmf'],
    method: 'POST',
    ...MODES[mode],
    profanityFilter: false,
    ...(expected.length > 0 ? { hints: expected.join(',') } : {}),
  };
}
