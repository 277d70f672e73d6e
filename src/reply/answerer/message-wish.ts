import type { Decision } from '../../conversations/ports';
import { numberWithin } from '../../conversations/message/heard-phrases';
import { nameInPassing } from '../../conversations/message/spoken-name';
import { meaningsIn } from './meanings';
import { plain } from './plain';
import { isLight } from './vocabulary';

type TakeMessage = Extract<Decision, { kind: 'takeMessage' }>;

const SOMEBODY = '(?:someone|somebody|anyone|anybody|him|her|them|you guys|the [a-z]+|[a-z]+)';
const WISHES = [
  /\b(leave|take|give|pass (?:on|along)|record|write down)( [a-z]+){0,3} message\b/,
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
const ABSENT =
  /^(hi |hello |hey |um |uh )*is (?!it\b|there\b|that\b|this\b|any|some|the (shop|store|office|place))[a-z]+ (there|in|around)( today| now| right now| please)*$/;
/** What of a wish is only the wish; the rest is what the message is about. */
const NOT_THE_REASON =
  /\b(hi|hello|hey|good (morning|afternoon|evening)|yes|yeah|please|uh|um|thanks|thank you)\b|\b((i|we)('d| would)? ?(like|want|need|have)? ?(to)?|can|could|may|would|will|can i|could i|could you|can you|would you|is it possible to)? ?\b(leave|take|give|pass on|pass along|record)( [a-z]+){0,3} message\b( for [a-z]+)?|\b((i|we)('d| would)? (like|want|need)( to)?|can|could|would|have|get|ask|is there)?( (you|someone|somebody|anyone|him|her|them|the [a-z]+|i|we))*( (to|please|can|could|i can))* ?\b((call|phone|ring)( me| us)( back)?|call back|callback|give (me|us) a (call|ring)|get back to me|(speak|talk) (to|with) (a |an |the |your )?(real |live |actual )?[a-z]+|(connect|transfer|put) me( through)?( to [a-z]+)?)\b|\b(my name is|my name's|this is|i'm|i am) [a-z]+( and)?\b|\b(my|the) (phone |cell |telephone )?number( is|'s)?\b|\b(at|on|under) (?=\d)|[\d() +-]{7,}|\b(it's|it is|this is) (very |really |quite |pretty )?(urgent|an emergency)\b/gi;
const LINKS =
  /^(( |,|\.|;|\?|!)*(and|about|regarding|concerning|because|that|it's|it is|is|for|so|to|a|an|me|back|on|at|please)\b)+|( |,|\.|;)*\b(and|at|on|to|so)( |,|\.)*$/i;

/** The caller's plain wish for a message, a call back or a person, with what they have already said; or undefined. */
export function messageWish(said: string, country: string): TakeMessage | undefined {
  const words = plain(said);
  if (ABSENT.test(words)) return takeMessage(said, country, undefined);
  return WISHES.some((wish) => wish.test(words)) ? takeMessage(said, country, reasonBeside(said)) : undefined;
}

/** A wish that only people can fulfil (an appointment made or changed). The whole utterance is the reason. */
export function errand(said: string, country: string): TakeMessage | undefined {
  return CHANGES.test(plain(said)) ? takeMessage(said, country, said.trim()) : undefined;
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

/** What the message is about, if the caller said so beside the wish itself. */
function reasonBeside(said: string): string | undefined {
  const rest = said
    .replace(/’/g, "'")
    .replace(NOT_THE_REASON, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.]+|[\s,.]+$/g, '');
  const reason = rest.replace(LINKS, '').trim();
  return meaningsIn(reason).some((meaning) => !isLight(meaning)) ? reason : undefined;
}
