/** What a caller can ask of any receptionist, understood here without any model. */
export type CallerIntent = 'person' | 'repeat' | 'moment' | 'farewell';

const POLITE = /\b(?:please|thanks|thank you|um+|uh+|er|so|okay|ok|yeah|well|just|sorry|excuse me|hey|hi|hello|oh)\b/g;

const PATTERNS: readonly (readonly [CallerIntent, RegExp])[] = [
  [
    'person',
    /^(?:(?:can|could|may) i |i(?:'d| would)? (?:like|want|need)(?: to)? |let me |put me through to |transfer me to |connect me (?:to|with) |give me )?(?:(?:speak|talk)(?:ing)? (?:to|with) )?(?:an? )?(?:real |actual |live |human )?(?:person|human(?: being)?|someone|somebody|representative|operator|agent|receptionist)$/,
  ],
  [
    'repeat',
    /^(?:(?:can|could|would) you )?(?:repeat(?: that| it)?(?: again)?|say (?:that|it) again|say again|come again|pardon(?: me)?|what did you say|once more|one more time)$/,
  ],
  [
    'moment',
    /^(?:can you |could you )?(?:hold on|hang on|hold the line|one (?:moment|second|sec|minute)|wait|(?:wait|hold on|hang on|give me|one|just) ?(?:a |one )?(?:moment|second|sec|minute)|let me (?:check|look|find it|grab a pen|get a pen))(?: a (?:moment|second|sec|minute))?$/,
  ],
  [
    'farewell',
    /^(?:(?:no |nope |that's all|that is all|that's it|that'll be all|that was all|nothing else|i'm (?:done|good|all set)|all good|have a (?:good|nice|great) (?:day|one|evening|weekend)|you too|see you(?: \w+)?|bye(?: ?bye)?|good ?bye|cheers|take care|have a good one|i have to go|gotta go|for (?:now|your help)|very much|a lot|so much|great|perfect|then)[ ,]*)+$/,
  ],
];

const CLOSING_WORD =
  /\b(?:bye|goodbye|good bye|that's all|that is all|that's it|nothing else|all set|take care|see you)\b/;

const plainWords = (speech: string) =>
  speech
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[^\p{L}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The intent of a short utterance that holds nothing else; undefined for everything with more in it. */
export function intentOf(speech: string): CallerIntent | undefined {
  const words = plainWords(speech);
  if (words.split(' ').length > 12) return undefined;
  const bare = words.replace(POLITE, ' ').replace(/\s+/g, ' ').trim();
  return PATTERNS.find(([, pattern]) => pattern.test(bare))?.[0];
}

/** Whether a caller's words say that they are done: a farewell, or thanks with nothing asked. */
export function saysGoodbye(speech: string): boolean {
  const words = plainWords(speech);
  if (intentOf(speech) === 'farewell') return true;
  if (/^(?:no )?(?:okay |ok |great |perfect |alright )*(?:thanks|thank you)(?: (?:so|very) much| a lot)?$/.test(words))
    return true;
  return (
    CLOSING_WORD.test(words) &&
    words.split(' ').length <= 12 &&
    !/\b(?:what|when|where|how|who|can|do you|is|are)\b/.test(words)
  );
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
