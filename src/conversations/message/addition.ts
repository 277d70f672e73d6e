import { plainWords } from '../../common/plain-words';

const OPENS = '(?:(?:oh|please|sorry|wait|well|um|uh|yes|yeah|no|ok|okay|just|so|then|(?:can|could|would|will) you) )*';
const AND = '(?:and|also|plus|actually)';
const THEM = '(?:tell|inform|ask|remind|let)';
const ADDITIONS = [
  // "and tell Mira …" is more of it; without an "and" it is only with "them", who were just spoken of.
  new RegExp(`^${OPENS}${AND} (?:${OPENS}${AND} )*${OPENS}${THEM} (?!me\\b|us\\b)\\S+ \\S`),
  new RegExp(`^${OPENS}${THEM} (?:them|him|her) \\S`),
  /\b(?:the|my|that) message should\b/,
  new RegExp(`^${OPENS}(?:${AND} )*${OPENS}(?:add|mention|note|include) (?!(?:up|me|us)\\b)\\S`),
  new RegExp(
    `^${OPENS}(?:${AND} )*${OPENS}(?:don't|do not) (?:call|phone|ring)(?: me| us)?(?: back)? (?:before|after|until|till|between|during)\\b`,
  ),
  /\bforgot to (?:say|mention|add|tell (?:you|them))\b/,
];

/** Whether words add to the message just taken: "and tell them …", "the message should say …". */
export function addsToMessage(speech: string): boolean {
  const said = plainWords(speech);
  return ADDITIONS.some((addition) => addition.test(said));
}
