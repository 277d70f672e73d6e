import { plainWords } from '../../common/plain-words';
import type { Heard } from './state';
import { numberWithin } from './heard-phrases';

/** Behind "don't call me" these words make it another wish: not there, or not then. */
const ELSEWHERE =
  '(?!(?: me| us| back)* (?:on|at|under|here|there|after|before|until|till|during|between|in|from|this|that|by)\\b)';
const NO_CALL = new RegExp(
  '\\b(?:no need (?:to|for)(?: \\S+){0,3} (?:call|ring|phone|callback)|no (?:call ?back|callback)(?: (?:needed|necessary|required))?' +
    "|(?:don't|do not|needn't|need not) (?:(?:need|have|bother|want)(?: (?:you|them|anybody|anyone))?(?: to)? )?(?:a )?(?:call(?:ing|back)?|ring|phone)(?: (?:me|us))?" +
    `|(?:don't|do not) have (?:a |any )?(?:tele)?phone)\\b${ELSEWHERE}`,
);
const BY_MAIL = /\be ?mail (?:me|us)\b|\bsend (?:me|us) an e ?mail\b|\b(?:by|via|per) e ?mail\b/;
const YES = /^(?:yes|yeah|yep|yup|sure|ok|okay|of course)\b/;

/** The caller wants no call: "no need to call me back", "just email me". "Yes, and email me too" is none. */
export function wantsNoCall(heard: Heard, country: string): boolean {
  const said = plainWords(heard.speech ?? '');
  if (numberWithin(heard, country) !== undefined) return false;
  return NO_CALL.test(said) || (BY_MAIL.test(said) && !YES.test(said));
}

/** The same, said plainly: a wish for an e-mail alone is none. */
export const forbidsCall = (speech: string): boolean => NO_CALL.test(plainWords(speech));
