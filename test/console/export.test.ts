import type { CallFilter, ListedCall } from '../../src/common/call-record';
import { startConsole } from './kit';
import { emptyBook } from './unasked';

const CALLS = 1_200;
const call = (number: number): ListedCall => ({
  ...{ sid: `CA${number}`, direction: 'inbound', from: '+12025550101', to: '+12025550100', test: false },
  ...{ startedAt: 1_000_000_000 - number, endedAt: undefined, durationS: 7, status: 'completed', outcome: 'answered' },
  ...{ limited: undefined, answeredBy: undefined, turns: 1, opening: 'When are you open?' },
});
const all = Array.from({ length: CALLS }, (_, number) => call(number));

/** A book that tells whether others had their turn between two reads, and waits with the last until it is told. */
async function start(mayEnd: Promise<unknown> = Promise.resolve()) {
  const turns: boolean[] = [];
  let others = false;
  const search = async ({ before, limit }: CallFilter) => {
    turns.push(others);
    others = false;
    setImmediate(() => (others = true));
    const from = before ? all.findIndex(({ sid }) => sid === before.sid) + 1 : 0;
    if (from + limit > CALLS) await mayEnd;
    return all.slice(from, from + limit);
  };
  const { url } = await startConsole({ calls: { ...emptyBook, search } });
  return { url, turns };
}

test.each(['csv', 'json'])(
  '%s is sent while it is read, and others have their turn between two reads',
  async (kind) => {
    let end: (value?: unknown) => void = () => undefined;
    const { url, turns } = await start(new Promise((resolve) => (end = resolve)));
    const answer = await fetch(`${url}/calls/export.${kind}`);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const first = await reader.read(); // the book has not given the last yet
    expect(Buffer.from(first.value ?? []).toString()).toContain('CA1');
    end();
    let rest = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      rest += Buffer.from(piece.value).toString();
    expect(rest).toContain(`CA${CALLS - 1}`);
    expect(turns.slice(1)).toEqual([true, true]);
  },
);

test('a file has every call once, as JSON in the form of the API, and an end also where there is nothing', async () => {
  const { url } = await start();
  const { calls } = (await (await fetch(`${url}/calls/export.json`)).json()) as { calls: Record<string, unknown>[] };
  expect(calls.map(({ sid }) => sid)).toEqual(all.map(({ sid }) => sid));
  expect(calls[0]).toMatchObject({ started_at: '1970-01-12T13:46:40.000Z', duration_seconds: 7, ended_at: null });
  const csv = (await (await fetch(`${url}/calls/export.csv`)).text()).trimEnd().split('\r\n');
  expect([csv.length, csv[0]?.slice(0, 5), csv.at(-1)?.includes(`CA${CALLS - 1}`)]).toEqual([CALLS + 1, '"sid"', true]);
  const empty = await startConsole({ calls: emptyBook });
  expect(await (await fetch(`${empty.url}/calls/export.json`)).json()).toEqual({ calls: [] });
  expect(await (await fetch(`${empty.url}/calls/export.csv`)).text()).toMatch(/^"sid".*\r\n$/);
});
