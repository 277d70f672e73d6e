import { plainWords } from '../../common/plain-words';
import { digitRuns } from './spoken-digits';
import { nameInPassing } from './spoken-name';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** Words that open, join and soften others, and those around a name or number. */
const NOISE = words(`
  a about ah alright also am an and are as at because but by correct er for got hello hey hi hm hmm i i'd i'll i'm i've is
  it it's just like me my name name's named no nope number of oh ok okay on or perfect please plus regarding concerning
  right so speaking sure telephone phone cell mobile callback thank thanks that that's the there this to too uh um want
  well with would yeah yep yes you your you're`);
/** Words with which people wish for a message, a call or a person. */
const WISHING = words(`
  actual agent another any anybody anyone around ask be able back call called calling can chat come connect contact could
  do give good morning afternoon evening guys have he help her him human i had if in information let's live leave let
  line little may maybe message messages more need now one operator our out pass permission person possible put question
  quick reach real really receptionist record representative return ring she short somebody someone something speak
  still take talk team tell them then they through transfer try up us wanna was wanted we who will wondering write down
  down along know get`);
/** Words that say how soon. */
const PRESSING = words(`
  asap urgent urgently emergency very really quite pretty now today tomorrow soon possible later again time minute moment`);
/** Words of an answer about a telephone number. */
const AGREEING = words(`
  absolutely area agree agreed always best better code certainly change definitely different digit digits do don't else
  end ending ends exactly fine first from go ahead great course home i instead last not nah other prefer rather same should
  start starts these they under use using work works wrong were was going gonna what again all extension sorry mean meant
  wait actually no mhm yup ya cheers bye goodbye call called calling calls fix update mistake reach dial type key pound
  hash press say said one problem worries uh huh mm mmm hmm yea affirmative negative incorrect isn't sounds good idea why
  can may could will shall should does did have has got back believe think guess suppose very much great excellent cool
  totally double triple treble quadruple hundred thousand dash hyphen dot space then er ate fore into
  another give let`);

const WHOM = "(?:(?:the|your|my) )?[\\p{L}'-]+";
const CALLING = '(?:call|ring|phone|contact|reach)(?: me| us)?(?: back)?';
/** Wishes that name whom they are for: a name here is no matter. On plain words. */
const WISHES = new RegExp(
  '\\b(?:' +
    [
      `messages? (?:for|to) ${WHOM}`,
      `(?:have|get|ask|want|need|let|like|can|could|would) ${WHOM} (?:(?:to|please|can|could) )*(?:${CALLING}|get back to (?:me|us))`,
      `(?:speak|talk|chat)(?:ing)? (?:to|with) (?:an? )?(?:(?:real|actual|live) )?${WHOM}`,
      `(?:connect|transfer|put) me(?: through)?(?: (?:to|with) ${WHOM})?`,
      `(?:tell|inform) ${WHOM}|let ${WHOM} know`,
      `is ${WHOM} (?:there|in|around|available)`,
    ].join('|') +
    ')(?= |$)',
  'gu',
);

const LONGEST = 1_000;
const kept = (speech: string) => speech.trim().slice(0, LONGEST);

/** The words of an utterance that are neither of those, nor of the caller's name, nor digits, nor single letters. */
function substance(speech: string, without: RegExp | undefined, ...lists: readonly string[][]): string[] {
  const plain = plainWords(speech);
  const nothing = new Set([...lists.flat(), ...plainWords(nameInPassing(speech) ?? '').split(' ')]);
  const left = without ? plain.replace(without, ' ') : plain;
  return left.split(' ').filter((word) => word.length > 1 && !nothing.has(word) && digitRuns(word).length === 0);
}

const hasSubstance = (speech: string, without: RegExp | undefined, ...lists: readonly string[][]) =>
  substance(speech, without, ...lists).length > 0;

const BARE_WISH =
  /^(?:(?:i'd|i|we|would|want|wanna|can|could|may|like|to) )*(?:leave|take|give) (?:[\p{L}]+ ){0,2}message$/u;

/** What a message is about, the caller's words as they are; undefined if they hold only a name, a number or noise. */
export function reasonIn(speech: string): string | undefined {
  if (BARE_WISH.test(plainWords(speech))) return undefined;
  return hasSubstance(speech, undefined, NOISE) ? kept(speech) : undefined;
}

/** The same, where the words wish for a message or a call: undefined if they hold no more than that wish. */
export function reasonBesideWish(speech: string): string | undefined {
  return hasSubstance(speech, WISHES, NOISE, WISHING, PRESSING) ? kept(speech) : undefined;
}

/** A wish in the caller's words, if it says for whom, or how soon; undefined for "can I leave a message". */
export function wishWorthKeeping(speech: string): string | undefined {
  return hasSubstance(speech, undefined, NOISE, WISHING) ? kept(speech) : undefined;
}

/** What a caller adds to a name, to yes or no, or to a number; undefined if nothing. `answer` is what is known of it. */
export function wordsBeside(speech: string, answer = ''): string | undefined {
  return hasSubstance(speech, undefined, NOISE, AGREEING, words(plainWords(answer))) ? kept(speech) : undefined;
}
