import { plainWords } from '../../common/plain-words';
import type { Decision } from '../../conversations/ports';
import { numberWithin } from '../../conversations/message/heard-phrases';
import { reasonBesideWish } from '../../conversations/message/reason';
import { nameInPassing } from '../../conversations/message/spoken-name';

type TakeMessage = Extract<Decision, { kind: 'takeMessage' }>;

const SOMEBODY = '(?:someone|somebody|anyone|anybody|him|her|them|you guys|the [a-z]+|[a-z]+)';
const WISHES = [
  /\b(leave|take|give|pass (?:on|along)|record|write down)( [a-z]+){0,3} message\b|^(?:just )?(?:a )?message(?: for [a-z]+)?(?: please)?$/,
  /\b(call|phone|ring)( me| us)? back\b|\bcallback\b|\bgive (me|us) a (call|ring)\b|\b(get|come) back to me\b|\breturn my call\b/,
  new RegExp(
    `\\b(have|get|ask|want|need|let|can|could|would)( like)? ${SOMEBODY} (to |please |can |could )*(call|ring|phone|contact|reach)( me| us)\\b`,
  ),
  /\b(speak|talk|chat)(ing)? (to|with)\b/,
  /\b(connect|transfer|put) me\b/,
  /\b(real|actual|live) (person|human)\b|\ba (human|person|representative|manager)\b$|^(representative|operator|agent|human|person|receptionist)$/,
  /\b(it's|it is|this is|its|i have|i've got|there's|very|really|pretty|quite) (an |a |kind of |very |really )*(urgent|emergency)\b|^(urgent|emergency)\b/,
  /^(please |can you |could you |just |would you )*(tell|let|inform) (?!me\b|us\b)[a-z]+ /,
];
const CHANGES =
  /\b(cancel|reschedule|move|change|postpone|confirm|make|book|schedule|set up|arrange) (my|our|an?|the|another)( [a-z]+){0,2} (appointment|booking|reservation|session|visit|order)\b/;
/** Said in front of another wish. */
const LEADING = /^(?:(?:and|also|so|oh|then|but|well|um|uh|ok|okay|actually|plus) )+/;
/** The caller will call again: no wish to be called. */
const CALLS_LATER =
  /\b(?:i'll|i'd|i will|i would|i can|i could|i|let me|we'll|we)(?: (?:rather|just|better|prefer to|like to|will|would|can|could|have to|need to|want to|try to|going to|gonna|then|maybe|probably|should|may|might|must)){0,3} (?:call|phone|ring)(?: you)? (?:back|again)\b/g;
const ABSENT =
  /^(hi |hello |hey |um |uh )*is (?!it\b|there\b|that\b|this\b|any|some|the (shop|store|office|place))[a-z]+ (there|in|around)( today| now| right now| please)*$/;
/** The caller's plain wish for a message, a call back or a person, with what they have already said; or undefined. */
export function messageWish(said: string, country: string): TakeMessage | undefined {
  const words = plainWords(said).replace(LEADING, '').replace(CALLS_LATER, ' ').trim();
  if (ABSENT.test(words)) return takeMessage(said, country, undefined);
  return WISHES.some((wish) => wish.test(words)) ? takeMessage(said, country, reasonBesideWish(said)) : undefined;
}

/** A wish that only people can fulfil (an appointment made or changed). The whole utterance is the reason. */
export function errand(said: string, country: string): TakeMessage | undefined {
  return CHANGES.test(plainWords(said)) ? takeMessage(said, country, said.trim()) : undefined;
}

/** A message with the name and number the caller gave along the way, if they did. */
export function takeMessage(said: string, country: string, reason: string | undefined): TakeMessage {
  const name = nameInPassing(said);
  const number = numberWithin({ speech: said }, country);
  return {
    kind: 'takeMessage',
    ...(name !== undefined && { name }),
    ...(number !== undefined && { number }),
    ...(reason !== undefined && { reason }),
  };
}
