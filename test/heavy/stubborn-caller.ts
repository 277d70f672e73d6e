import type { CallerAct, CallerScript } from '../../src/simulator/caller';

/** A caller who asks, leaves a message, and remembers what became of it. */
export interface StubbornCaller {
  script: CallerScript;
  /** What they said or pressed, without what they were asked to say again. */
  said: string[];
  /** How often they were told that the message is noted. */
  acknowledged: number;
  greeted: number;
  askedForTheName: number;
}

const MESSAGE = { press: '0' };
const QUESTIONS = ['when are you open', 'and on Saturday'];

/** The answer to what the message dialogue asks; undefined to everything else. */
const ANSWERS: readonly (readonly [RegExp, (tag: string) => CallerAct])[] = [
  [/what is your message about/i, (tag) => ({ say: `The brake of order ${tag} is broken` })],
  [/have your name|just your name/i, () => ({ say: 'My name is Ada Lane' })],
  [/shall we call you back on the number/i, () => ({ say: 'Yes please' })],
  [/what number can we reach you/i, () => ({ press: '2025550155#' })],
  [/is that right\?/i, () => ({ say: 'Yes' })],
  [/is noted/i, () => ({ say: 'No, that is all' })],
];

/** What one of the questions sounds like; `tag` tells the calls apart. */
export const question = (tag: string, index: number): string => `Order ${tag}: ${QUESTIONS[index] ?? ''}?`;

/** A caller with a number of questions first. */
export function stubbornCaller(tag: string, questions: number): StubbornCaller {
  const plan: CallerAct[] = Array.from({ length: questions }, (_, index) => ({ say: question(tag, index) }));
  plan.push(MESSAGE);
  let last: CallerAct | undefined;
  const caller: StubbornCaller = {
    said: [],
    acknowledged: 0,
    greeted: 0,
    askedForTheName: 0,
    script({ sinceLastAct }) {
      const heard = sinceLastAct.map(({ text }) => text ?? '').join(' ');
      caller.acknowledged += Number(/is noted/i.test(heard));
      caller.greeted += Number(/how can i help you\?/i.test(heard));
      caller.askedForTheName += Number(/your name/i.test(heard));
      if (/say that again/i.test(heard) && last) return last;
      const answer = ANSWERS.find(([pattern]) => pattern.test(heard))?.[1](tag);
      last = answer ?? plan.shift() ?? { hangUp: true };
      if ('say' in last) caller.said.push(last.say);
      if ('press' in last) caller.said.push(last.press);
      return last;
    },
  };
  return caller;
}
