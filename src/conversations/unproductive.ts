import { plainWords } from '../common/plain-words';
import type { Call } from './call';
import { isEcho, isNoise } from './caller-intent';
import type { Heard } from './step';

/** Below this the recogniser is guessing. 0 and no confidence at all mean that it does not say. */
const LOW_CONFIDENCE = 0.3;
/** Hold music and robots say the same few things in turn. */
const REMEMBERED = 6;
/** A "yes", a name or a digit may be an answer again and again; longer words are not. */
const SHORT_ANSWER_WORDS = 3;

/** Whether the recogniser itself does not believe what it heard. */
export const isGuess = ({ confidence }: Heard): boolean =>
  confidence !== undefined && confidence > 0 && confidence < LOW_CONFIDENCE;

/**
 * Counts the turns in a row that led nowhere: silence, noise, our own words, nothing understood, or what was said just
 * before. `spoken` is our last reply.
 */
export function countUnproductive(call: Call, heard: Heard, spoken: string): void {
  call.unproductive = isUnproductive(call, heard, spoken) ? call.unproductive + 1 : 0;
  const words = plainWords(heard.speech ?? '');
  if (words) call.heardLately = [...call.heardLately, words].slice(-REMEMBERED);
}

function isUnproductive(call: Call, heard: Heard, spoken: string): boolean {
  const { speech = '', digits } = heard;
  if (digits) return false;
  if (isNoise(speech) || isEcho(speech, spoken) || isGuess(heard)) return true;
  const words = plainWords(speech);
  const asked = Boolean(call.taking ?? call.asking) || /\?\W*$/.test(spoken);
  const mayRepeat = asked && words.split(' ').length <= SHORT_ANSWER_WORDS;
  return !mayRepeat && call.heardLately.includes(words);
}
