/** What a caller can ask of any receptionist, understood here without any model. */
export type CallerIntent = 'person' | 'repeat' | 'moment' | 'farewell';

const POLITE =
  /\b(?:please|thanks|thank you|um+|uh+|er|so|okay|ok|yeah|well|just|(?:i'm )?sorry|excuse me|hey|hi|hello|oh)\b/g;

/** Nothing but these phrases, in any number and order. A space or the end follows each, so there is one way to read it. */
const onlyThese = (...phrases: string[]) => new RegExp(`^(?:(?:${phrases.join('|')})(?: |$))+$`);

const FAREWELLS = [
  '(?:bye|byebye|good ?bye|cheers|take care|you too|i have to go|gotta go|have a (?:good|nice|great) (?:day|one|evening|weekend))',
  "(?:that's|that is|that was|that'll be|that will be) all",
  "that's it|nothing else|i'm (?:done|good|all set)|all good|all set",
  '(?:see|talk to) you (?:later|soon|then|there|around|tomorrow|next week|on \\w+day)|see you',
];
const FAREWELL_FILLERS = [
  'no|nope|and|now|today|for (?:now|today|your (?:help|time))|(?:very )?much|a lot|great|perfect|alright|then|i (?:need|needed|wanted)',
];

const PATTERNS: readonly (readonly [CallerIntent, RegExp])[] = [
  [
    'person',
    /^(?:no )?(?:(?:can|could|may) i (?:please )?|i(?:'d| would)? (?:like|want|need)(?: to)? |i wanna |let me |(?:(?:can|could|would) you )?(?:put me through to |transfer me to |connect me (?:to|with) |give me |get me ))?(?:(?:speak|talk)(?:ing)? (?:to|with) )?(?:an? )?(?:real |actual |live |human )?(?:person|human(?: being)?|someone|somebody|representative|operator|agent|receptionist)$/,
  ],
  [
    'repeat',
    /^(?:(?:can|could|would) you )?(?:repeat(?: that| it| yourself)?(?: again)?|say (?:that|it) (?:again|once more|one more time)|say again|come again|pardon(?: me)?|what did you say|what was that|i didn't (?:catch|get|hear) (?:that|you)|once more|one more time)$/,
  ],
  [
    'moment',
    onlyThese(
      '(?:(?:can|could) you )?(?:hold on|hang on|hold the line|wait)(?: (?:a|one) (?:moment|second|sec|minute))?',
      '(?:give me )?(?:a|one) (?:moment|second|sec|minute)',
      'let me (?:check|look|find it|(?:grab|get) a pen)',
    ),
  ],
];

const FAREWELL = onlyThese(...FAREWELLS, ...FAREWELL_FILLERS);
const FAREWELL_WORD = new RegExp(`(?:^| )(?:${FAREWELLS.join('|')})(?: |$)`);
/** The last words of an utterance, from a farewell on. */
const ENDS_IN_FAREWELL = new RegExp(
  `(?:^| )(?:${FAREWELLS.join('|')})(?: (?:${[...FAREWELLS, ...FAREWELL_FILLERS].join('|')}))*$`,
);

const plainWords = (speech: string) =>
  speech
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** An utterance of at most twelve words, without what is only polite; undefined for a longer one. */
function brief(speech: string): string | undefined {
  const words = plainWords(speech);
  return words.split(' ').length > 12 ? undefined : words.replace(POLITE, ' ').replace(/\s+/g, ' ').trim();
}

/** The intent of a short utterance that holds nothing else; undefined for everything with more in it. */
export function intentOf(speech: string): CallerIntent | undefined {
  const words = brief(speech);
  if (words === undefined) return undefined;
  if (FAREWELL.test(words) && FAREWELL_WORD.test(words)) return 'farewell';
  return PATTERNS.find(([, pattern]) => pattern.test(words))?.[0];
}

const THANKS = /^(?:no )?(?:okay |ok |great |perfect |alright )*(?:thanks|thank you)(?: (?:so|very) much| a lot)?$/;
const QUESTION = /\b(?:what|when|where|how|who|can|could|do you|is|are)\b/;

/** Whether a caller's words say that they are done: they end in a farewell, or are thanks with nothing asked. */
export function saysGoodbye(speech: string): boolean {
  if (THANKS.test(plainWords(speech))) return true;
  const words = brief(speech);
  return words !== undefined && ENDS_IN_FAREWELL.test(words) && !QUESTION.test(words);
}

const NOISE = /^(?:u+h+|u+m+|h+m+|m+h*m+|a+h+|o+h+|e+r+m*|huh|eh|the|a|and)$/;

/** Whether recognised words are nothing but breath and background: a sound, or a lone filler. */
export function isNoise(speech: string): boolean {
  const words = plainWords(speech);
  return words === '' || words.split(' ').every((word) => NOISE.test(word));
}

/** Whether the words are our own prompt coming back from a speakerphone: four or more of its words in a row. */
export function isEcho(speech: string, spoken: string): boolean {
  const words = plainWords(speech);
  return words.split(' ').length >= 4 && ` ${plainWords(spoken)} `.includes(` ${words} `);
}
