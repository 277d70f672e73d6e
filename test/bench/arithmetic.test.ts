import { figuresOf, floorOf, isOver, quantile, wholeFloorOf } from '../../bench/arithmetic';
import { corpus, keyOf, markerIn, replyTo, wordsFor } from '../../bench/corpus';
import { streamOf } from '../../bench/driver/partials';
import { slopeOf } from '../../bench/measures/heap';
import { readOptions } from '../../bench/options';
import { randomFrom } from '../../bench/random';
import { keeps, ROWS } from '../../bench/report/rows';
import { tableOf } from '../../bench/report/table';
import { PROFILES, speechTime, tokenTimes } from '../../bench/stub/profiles';
import { createTimings, type TurnTimings } from '../../bench/stub/timings';

describe('quantiles', () => {
  test.each([
    [0, 1],
    [0.5, 3],
    [0.95, 4.8],
    [1, 5],
  ])('of five values at %d', (share, value) => {
    expect(quantile([5, 1, 4, 2, 3], share)).toBeCloseTo(value, 10);
  });

  test('of one value, and of none', () => {
    expect([quantile([7], 0.95), quantile([], 0.5)]).toEqual([7, NaN]);
    expect(figuresOf([2, 4])).toEqual({ p50: 3, p95: 3.9, min: 2, max: 4, n: 2 });
  });

  test('the slope of a line, and of what wavers about none', () => {
    expect(slopeOf([1, 3, 5, 7])).toBeCloseTo(2, 10);
    expect(slopeOf([5, 4, 4, 5])).toBeCloseTo(0, 10);
  });
});

describe('the floor', () => {
  const timings: TurnTimings = {
    model: [
      {
        model: 'first',
        receivedAt: 100,
        tokens: ['Yes,', ' we', ' do.', ' Really.'],
        sentAt: [280, 290, 300, 310],
        aborted: false,
      },
    ],
    speech: [
      { text: 'Really.', position: 12, receivedAt: 330, sentAt: 415 },
      { text: 'Yes, we do.', position: 0, receivedAt: 320, sentAt: 420 },
    ],
  };

  test('is the token that ends the first clip, from the receipt on, and the service of its speech', () => {
    expect(floorOf(timings)).toBe(200 + 100);
    expect(wholeFloorOf(timings)).toBe(300);
  });

  test('counts from the first request, and to whichever model was sooner', () => {
    const second = { ...timings.model[0], model: 'second', receivedAt: 150, sentAt: [200, 210, 220, 230] };
    const model = [...timings.model, second] as TurnTimings['model'];
    expect(floorOf({ ...timings, model })).toBe(120 + 100);
  });

  test('is not known while the speech is under way, or when it came from a cache', () => {
    const [later, first] = timings.speech;
    expect(floorOf({ ...timings, speech: later ? [later] : [] })).toBeUndefined();
    expect(floorOf({ ...timings, speech: first ? [{ ...first, sentAt: undefined as never }] : [] })).toBeUndefined();
    expect([isOver(timings), isOver({ ...timings, speech: [] })]).toEqual([true, false]);
  });
});

describe('the stubs', () => {
  test('find the turn of a speech request by its text', () => {
    const timings = createTimings();
    timings.model({ key: '1.1.1', text: 'Yes. We do.', draw: 'x' }, {} as never);
    expect(timings.speech('We do.', 5)).toEqual({
      timing: { text: 'We do.', position: 5, receivedAt: 5 },
      draw: 'x 5',
    });
    expect(timings.of('1.1.1')?.speech).toHaveLength(1);
    expect(timings.of('2.1.1')).toBeUndefined();
  });

  test('draw the same times again for the same name, and tails where the profile has them', () => {
    const profile = PROFILES['slow-tail'];
    if (!profile) throw new Error('no such profile');
    const draws = Array.from({ length: 2_000 }, (_, index) => speechTime(profile, 40, `draw ${index}`));
    expect(draws.slice(0, 5)).toEqual(
      Array.from({ length: 5 }, (_, index) => speechTime(profile, 40, `draw ${index}`)),
    );
    expect(quantile(draws, 0.5)).toBeCloseTo(100, -1);
    expect(quantile(draws, 0.84) / quantile(draws, 0.5)).toBeCloseTo(Math.exp(0.5), 0);
    const [first = 0, second = 0] = tokenTimes({ ...profile, model: { sigma: 0, stalls: 0 } }, 2, 'any');
    expect(first).toBe(180);
    expect(second - first).toBeCloseTo(1000 / 280, 6);
  });
});

describe('the corpus', () => {
  test('has forty replies of one to four sentences', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(40);
    expect(new Set(corpus).size).toBe(corpus.length);
    const sentences = corpus.map((reply) => reply.split(/(?<=[.?!]) /).length);
    expect([Math.min(...sentences), Math.max(...sentences)]).toEqual([1, 4]);
  });

  test('a turn has its own text, as long and as spoken as any other of its reply', () => {
    const said = [1, 2, 3, 250].map((variation) => replyTo({ reply: 4, variation, draw: 0 }));
    expect(new Set(said).size).toBe(4);
    expect(new Set(said.map((text) => text.toLowerCase()))).toEqual(new Set([corpus[4]?.toLowerCase()]));
  });

  test('its marker comes back from the words', () => {
    const marker = { reply: 7, variation: 12, draw: 345 };
    expect(markerIn(`Earlier words. ${wordsFor({ ...marker, draw: 1 })} ${wordsFor(marker)}`)).toEqual(marker);
    expect(keyOf(marker)).toBe('7.12.345');
  });

  test('four of five generated streams end with the final words, 300 to 900 ms before them', () => {
    const words = wordsFor({ reply: 1, variation: 2, draw: 3 });
    const random = randomFrom('streams');
    const streams = Array.from({ length: 500 }, () => streamOf(words, random));
    const exact = streams.filter(({ partials }) => partials.at(-1)?.words === words.replace(/[.,]/g, ''));
    const leads = streams.map(({ partials, finalAtMs }) => finalAtMs - (partials.at(-1)?.atMs ?? 0));
    expect(exact.length / streams.length).toBeCloseTo(0.8, 1);
    expect([Math.min(...leads) >= 300, Math.max(...leads) <= 900]).toEqual([true, true]);
  });
});

describe('the table', () => {
  const figures = { p50: 1.03, p95: 1.08, min: 1, max: 1.2, n: 40 };

  test('says whether a bound is reached by every figure it names', () => {
    const a = ROWS.find(({ id }) => id === 'a');
    expect(keeps(figures, a?.must ?? [])).toBe(false);
    expect(keeps({ ...figures, p95: 1.07 }, a?.must ?? [])).toBe(true);
    expect(keeps({ ...figures, p50: 99 }, [{ figure: 'p50', least: 100 }])).toBe(false);
  });

  test('has a line for what was measured, what is not built, and what the baseline was', () => {
    const lines = tableOf({ a: figures, s: 'not built' }, { a: { ...figures, p50: 1.0 } }).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^a .* 1\.03 .* NO .*\(\+3 %\)$/);
    expect(lines[3]).toMatch(/^s .*not built/);
  });
});

describe('the command line', () => {
  test('names what it cannot understand, and what it could', () => {
    expect(readOptions(['--only', 'a,c2', '--n', '3', '--full'])).toMatchObject({
      only: ['a', 'c2'],
      n: 3,
      full: true,
    });
    expect(() => readOptions(['--only', 'z'])).toThrow('--only cannot be "z". Give it one of these: a, a4');
    expect(() => readOptions(['--profile', 'quick'])).toThrow('fast, typical, slow-tail');
    expect(() => readOptions(['--n', '0'])).toThrow('--n cannot be "0"');
    expect(readOptions(['--help'])).toBe('help');
  });
});
