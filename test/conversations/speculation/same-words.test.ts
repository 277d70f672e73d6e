import fc from 'fast-check';
import { createPartials } from '../../../src/conversations/speculation/partials';
import { sameWords } from '../../../src/conversations/speculation/same-words';
import { partialStream } from '../../../bench/driver/partial-streams';
import { randomFrom } from '../../../bench/random';

test.each([
  ['are you open on sundays', 'Are you open on Sundays?'],
  ['well i think so', 'Well, I think so.'],
  ['no  thanks', 'No thanks'],
  ["i can't come", 'I can’t come.'],
  ['hola qué tal', '¿Hola, qué tal?'],
  ['my number is 5', 'My number is 5.'],
  ['yes please', 'Yes , please !'],
])('"%s" and "%s" are the same words', (partial, final) => {
  expect(sameWords(partial, final)).toBe(true);
});

test.each([
  ['at 3:30', 'at 330'],
  ['size 4.5', 'size 45'],
  ['1, 5', '15'],
  ['1, 5', '1 5'],
  ['size 4 . 5', 'size 4 5'],
  ['at 12 : 30', 'at 12 30'],
  ['2 , 500', '2 500'],
  ['number 1. 5 of them', 'number 1 5 of them'],
  ['we were late', "we we're late"],
  ["it's well", 'its well'],
  ["i can't", 'i can'],
  ['do not stop', 'do stop'],
  ['two bikes', '2 bikes'],
  ['two bikes', 'too bikes'],
  ['twenty-five', '25'],
  ['example.com', 'example com'],
  ['-5 degrees', '5 degrees'],
  ['5%', '5'],
  ['You are open.', 'You are open?'],
  ['', 'yes'],
])('"%s" and "%s" are not', (partial, final) => {
  expect(sameWords(partial, final)).toBe(false);
  expect(sameWords(final, partial)).toBe(false);
});

test('of twenty thousand streams none is taken for words that mean something else, and nearly all others are', () => {
  let [adopted, meant] = [0, 0];
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const stream = partialStream(randomFrom(String(seed)), { matching: 0.8, leadMs: [300, 900] });
      const partials = createPartials();
      for (const partial of stream.partials) partials.take(partial, partial.atMs);
      const adopts = sameWords(partials.latest()?.words ?? '', stream.final);
      adopted += Number(adopts);
      meant += Number(stream.sameMeaning);
      return !adopts || stream.sameMeaning;
    }),
    { numRuns: 20_000 },
  );
  expect(adopted / meant).toBeGreaterThan(0.99);
});
