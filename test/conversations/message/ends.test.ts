import fc from 'fast-check';
import type { Heard } from '../../../src/conversations/message/dialogue';
import { talk } from './talk';

const things = [
  'yes',
  'no',
  'Ada',
  'uh',
  'a bent wheel',
  '202 555',
  '0199',
  '202 555 0199',
  'what',
  "that's it",
  '999 999 999 999',
];
const heard = fc.oneof(
  fc.constantFrom(...things),
  fc.constant(null),
  fc.record<Heard>({ digits: fc.stringMatching(/^[\d*]{0,12}$/), finishedOnKey: fc.boolean() }),
  fc.string(),
);

test('whatever callers say, every step says something or ends, and no state is beyond JSON', () => {
  fc.assert(
    fc.property(fc.array(heard, { maxLength: 12 }), fc.constantFrom('+12025550101', 'anonymous'), (turns, from) => {
      const { said, outcome, state } = talk(turns, { from });
      expect(outcome !== undefined || said.at(-1) !== '').toBe(true);
      expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
    }),
  );
});

test('a caller who gives nothing usable is let go after a few tries', () => {
  for (const noise of ['mumble grumble', null]) {
    expect(talk(Array<string | null>(12).fill(noise)).outcome).toBeDefined();
  }
});
