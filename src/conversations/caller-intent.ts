import { plainWords } from '../common/plain-words';
import { brief, onlyThese } from './brief';
import { isFarewell } from './farewell';
import { besideWhoAnswers } from './robot-question';

/** What a caller can ask of any receptionist, understood here without any model. */
export type CallerIntent = 'person' | 'repeat' | 'moment' | 'robot' | 'farewell';

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

/** The intent of a short utterance that holds nothing else; undefined for everything with more in it. */
export function intentOf(speech: string): CallerIntent | undefined {
  if (besideWhoAnswers(speech) === '') return 'robot';
  const words = brief(speech);
  if (words === undefined) return undefined;
  if (isFarewell(speech)) return 'farewell';
  return PATTERNS.find(([, pattern]) => pattern.test(words))?.[0];
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
