import { plainWords } from '../common/plain-words';

const WHO =
  'robot|robotic|bot|chatbot|human|human being|person|machine|answering machine|computer|recording|ai|a i|real|real voice|automated|automated system|artificial|artificial intelligence|program|virtual assistant|voice assistant|somebody real|someone real|human or (?:a )?(?:robot|machine|computer)|robot or (?:a )?(?:human|person)';
/** After these words the noun is the whole of the question: "a computer shop" is another one. */
const ENDED =
  "(?=$| (?:or|are|am|is|isn't|aren't|i|here|right|speaking|talking|on|answering|voice|thing|now|by|then|because|and|but|can|what|my|hello|thank|thanks|please)\\b)";
const NOUN = `(?:(?:like|even|just|actually|really|not) )*(?:an? |the |some kind of )?(?:(?:real|actual|live|talking|human|automated) )?(?:${WHO})${ENDED}`;
const QUESTIONS = [
  `(?:are you|you are|you're|you(?= an? )|is this|is it|you sound like|this sounds like|you seem like) ${NOUN}`,
  `(?:am i|i'm|i am) (?:talking|speaking|chatting|on(?: the (?:phone|line))?)(?: (?:to|with))? ${NOUN}`,
  `(?:do|did) i (?:talk|speak)(?: (?:to|with))? ${NOUN}`,
  '(?:and )?(?:who|whom|what)(?: am i| do i| are we| is it i am)? (?:speaking|talking|speak|talk)(?: (?:to|with))',
  '(?:with|to) whom (?:am i|do i) (?:speaking|talking|speak|talk)',
  "(?:who is this|who(?:'s| is) (?:speaking|talking)|who's this|who are you|who is there|who's there|what are you)(?=$| (?:please|again|anyway|then)\\b)",
];
const ROBOT = new RegExp(`\\b(?:${QUESTIONS.join('|')})`, 'g');
/** What may stand beside the question without being another matter. */
const BESIDE = new Set(
  (
    'a am an and anyway are because but by can chance did do dude even excuse god hello here hey hi hm hmm honestly ' +
    'human i is just kidding know like machine man may me not now of oh ok okay one or person please quick question ' +
    'real really recording right robot seriously so sorry sure talk talking tell thanks the there this to uh um voice ' +
    "wait was well what who wondering wow wanted yes you you're computer any ask my goodness or something speaking " +
    'ai bot with again first before no with hold on'
  ).split(' '),
);

/** Whether a caller asks who or what answers the telephone, and perhaps more. */
export const asksWhoAnswers = (speech: string): boolean => plainWords(speech).search(ROBOT) >= 0;

/** What a caller says beside asking who or what answers: empty if nothing of substance; undefined if they do not ask. */
export function besideWhoAnswers(speech: string): string | undefined {
  if (!asksWhoAnswers(speech)) return undefined;
  const rest = speech
    .split(/(?<=[.?!])\s+/)
    .map((sentence) => (asksWhoAnswers(sentence) ? plainWords(sentence).replace(ROBOT, ' ') : sentence))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  const substance = plainWords(rest)
    .split(' ')
    .filter((word) => word !== '' && !BESIDE.has(word));
  return substance.length === 0 ? '' : rest;
}
