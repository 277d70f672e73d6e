import { quietFor } from '../../../src/conversations/speculation/completeness';
import { createPartials } from '../../../src/conversations/speculation/partials';

/** Tells new words every so many ms. */
function spoken(pauses: readonly number[]) {
  const partials = createPartials();
  let at = 0;
  for (const [sequence, pause] of [0, ...pauses].entries()) {
    at += pause;
    partials.take({ sequence, words: `word ${sequence}` }, at);
  }
  return partials;
}

test.each([
  ['at first', [], 180],
  ['after few words', [90, 90], 180],
  ['after more words', [50, 50, 50], 100],
  ['after a pause', [50, 150, 50], 172.5],
  ['after a long pause', [50, 900, 50], 250],
])('words must stand as long as the pauses before them suggest, %s', (_, pauses, ms) => {
  expect(quietFor('are you open', spoken(pauses).pauses())).toBeCloseTo(ms);
});

test('a turn of very many partial results takes no more room than a short one, and is looked at as before', () => {
  const many = spoken(Array.from({ length: 200_000 }, () => 60));
  expect(quietFor('are you open', many.pauses())).toBe(100);
  expect(JSON.stringify(many.pauses()).length).toBeLessThan(100);
});
