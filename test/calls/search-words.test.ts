import fc from 'fast-check';
import type { CallFilter, Outcome } from '../../src/common/call-record';
import { openBook } from './kit';

const START = Date.UTC(2026, 0, 1);
const CALLS = 1_500;
const TURNS = 4;

interface Said {
  sid: string;
  startedAt: number;
  outcome: Outcome;
  caller: string;
  turns: { at: number; words: string }[];
}

const outcomeOf = (index: number): Outcome => {
  if (isMessage(index)) return 'message';
  if (index % 150 === 3) return 'failed';
  return index < 40 ? 'missed' : 'answered';
};
const isMessage = (index: number) => index > CALLS - 100;

/**
 * Calls that overlap; "the" stands in every turn, the others in ever fewer. Before the middle nobody says "blue", and
 * "call back" is said in messages and, long ago, in a few other calls.
 */
const CALLS_SAID: readonly Said[] = Array.from({ length: CALLS }, (_, index) => {
  const startedAt = START + index * 10_000 - (index % 7) * 4_000;
  const words = (turn: number) =>
    [
      'the',
      index % 2 === 0 && 'green',
      index > CALLS / 2 && index % 9 === 0 && 'blue',
      index % 400 === turn && 'rare',
      (isMessage(index) || index < 60) && 'call back',
    ]
      .filter(Boolean)
      .join(' ');
  return {
    sid: `CA${String((index * 7_919) % CALLS).padStart(4, '0')}`,
    startedAt,
    outcome: outcomeOf(index),
    caller: `+120255501${String(index % 50).padStart(2, '0')}`,
    turns: Array.from({ length: TURNS }, (_each, turn) => ({ at: startedAt + turn * 15_000, words: words(turn) })),
  };
});

async function fullBook() {
  const book = await openBook();
  for (const { sid, startedAt, outcome, caller } of CALLS_SAID) {
    const row = { sid, started_at: startedAt, outcome, from_number: caller, direction: 'inbound', to_number: null };
    const ended = { test: 0, seen_at: startedAt, status: 'completed' };
    await book.database
      .insertInto('calls')
      .values({ ...row, ...ended })
      .execute();
  }
  const turns = CALLS_SAID.flatMap(({ sid, turns: said }) => said.map((turn, number) => ({ sid, number, ...turn })));
  for (const { sid, number, at, words } of turns.sort((one, other) => one.at - other.at)) {
    const row = { call_sid: sid, number, at, words, first_audio_ms: number === 2 ? 400 : null };
    await book.database.insertInto('turns').values(row).execute();
  }
  return book;
}

/** What must be found, by looking at every call. */
function expected({ words = '', outcome, caller, since, until, before, limit }: CallFilter): string[] {
  return CALLS_SAID.filter(({ turns }) =>
    turns.some((turn) => words.split(' ').every((word) => turn.words.split(' ').includes(word))),
  )
    .filter((call) => outcome === undefined || call.outcome === outcome)
    .filter((call) => caller === undefined || call.caller === caller)
    .filter(({ startedAt }) => startedAt >= (since ?? 0) && startedAt < (until ?? Infinity))
    .filter(({ startedAt, sid }) => before === undefined || isBefore({ startedAt, sid }, before))
    .sort((one, other) => (isBefore(one, other) ? 1 : -1))
    .slice(0, limit)
    .map(({ sid }) => sid);
}

type Place = Pick<Said, 'sid' | 'startedAt'>;
const isBefore = (one: Place, other: Place) =>
  one.startedAt < other.startedAt || (one.startedAt === other.startedAt && one.sid < other.sid);

test('whatever the words and the filter, the page is the one that looking at every call would give', async () => {
  const { calls } = await fullBook();
  const moment = fc.option(fc.integer({ min: START, max: START + CALLS * 10_000 }), { nil: undefined });
  const place = fc.nat(CALLS - 1).map((index) => CALLS_SAID[index]);
  const filters = fc.record({
    words: fc.constantFrom('the', 'green', 'blue', 'rare', 'the blue', 'green rare', 'call back'),
    outcome: fc.constantFrom(undefined, 'answered' as const, 'failed' as const, 'missed' as const),
    caller: fc.constantFrom(undefined, undefined, '+12025550107'),
    since: moment,
    until: moment,
    before: fc.option(place, { nil: undefined }),
    limit: fc.constantFrom(1, 3, 20),
  });
  await fc.assert(
    fc.asyncProperty(filters, async (filter) => {
      expect((await calls.search(filter)).map(({ sid }) => sid)).toEqual(expected(filter));
    }),
    { numRuns: 400 },
  );
}, 60_000);
