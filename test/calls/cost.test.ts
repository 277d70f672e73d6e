import { LIST_PRICES } from '../../src/common/prices';
import { openBook } from './kit';

type Book = Awaited<ReturnType<typeof openBook>>;
const MODEL = 'openai/gpt-oss-120b';
const VOICE = 'en-US-Neural2-F';
const clip = { name: 'a.wav', durationMs: 900 };

/** A call with one turn, in clips and in the telephone's own voice, that lasted 61 s. */
async function call(book: Book, { callSid = 'CA1', test = false, model = MODEL, seconds = 61 } = {}) {
  const { calls, now } = book;
  const at = now();
  calls.book.opened({ callSid, from: '+12025550101', to: '+12025550100', test, at });
  calls.book.said({ callSid, turn: 0, at, voice: VOICE, utterances: [{ text: 'A greeting made before.', clip }] });
  calls.book.heard({ callSid, turn: 1, at, words: 'Are you open?', confidence: 0.9, digits: undefined });
  const utterances = [{ text: 'x'.repeat(1_000), clip }, { text: 'y'.repeat(500) }, { text: 'z', plain: true }];
  calls.book.said({ callSid, turn: 1, at, voice: VOICE, utterances });
  calls.book.replied({
    ...{ callSid, turn: 1, rung: model, voice: VOICE, split: false, unanswered: false },
    ...{
      firstWordsMs: 300,
      firstClipMs: 500,
      firstAudioMs: 600,
      wholeReplyMs: 900,
      tokens: { prompt: 20_000, completion: 1_000 },
    },
  });
  await calls.reported({
    ...{ callSid, status: 'completed', sequence: 3, at: at + seconds * 1_000, seconds },
    ...{ from: '+12025550101', to: '+12025550100', direction: 'inbound', test },
  });
  return read(book, callSid);
}

async function read({ calls }: Book, callSid = 'CA1') {
  const found = await calls.read(callSid);
  if (!found) throw new Error('no such call');
  return calls.cost(found);
}

test('a call costs its minutes, what was understood, read, written and spoken', async () => {
  const cost = await call(await openBook());
  const lines = cost.lines.map(({ what, amount, usd }) => [what, amount, usd]);
  expect(new Set(lines)).toEqual(
    new Set([
      ['Twilio, incoming call', 2, 0.017],
      ['Twilio, understanding the caller, 15 s at most', 1, 0.02],
      [`Groq, ${MODEL}, reading`, 20_000, 0.003],
      [`Groq, ${MODEL}, writing`, 1_000, 0.0006],
      ["Google's voices, neural2", 1_000, 0.016],
      ["Twilio's own voices, neural", 500, 0.016],
      ["Twilio's own voices, basic", 1, 0],
    ]),
  );
  expect(cost).toMatchObject({ total: 0.0726, known: 0.0726, missing: [] });
});

test('a price that is not known is said, and never counted as nothing', async () => {
  const cost = await call(await openBook(), { model: 'a-new-model' });
  expect(cost.total).toBeUndefined();
  expect(cost.known).toBe(0.069);
  expect(cost.missing).toEqual([
    'the price of: Groq, a-new-model, reading',
    'the price of: Groq, a-new-model, writing',
  ]);
});

test("the owner's price is used at once, for calls of the past too", async () => {
  const book = await openBook();
  await call(book);
  book.setPrices({ ...LIST_PRICES, 'twilio/heard': 0 });
  expect((await read(book)).total).toBe(0.0526);
});

test('the leg to a person is paid for by its own length; one that is not known is said', async () => {
  const put = async (accepted: boolean, seconds: number | undefined) => {
    const book = await openBook();
    await call(book);
    book.calls.book.transferred({ callSid: 'CA1', at: book.now(), accepted, status: 'completed', seconds });
    return read(book);
  };
  expect((await put(true, 130)).total).toBe(0.1146); // three minutes more
  expect((await put(false, 12)).total).toBe(0.0866); // a mailbox picked up
  expect((await put(false, undefined)).total).toBe(0.0726);
  const unknown = await put(true, undefined);
  expect(unknown).toMatchObject({
    total: undefined,
    missing: ['the length of a call (Twilio, put through to a person)'],
  });
});

test('a call that goes on, or whose length nobody reported, has no total; one never answered costs nothing', async () => {
  const book = await openBook();
  book.calls.book.opened({ callSid: 'CA1', from: undefined, to: undefined, test: false, at: book.now() });
  expect(await read(book)).toMatchObject({ total: undefined, known: 0, lines: [] });
  const never = { callSid: 'CA2', sequence: 1, at: book.now(), seconds: undefined, from: undefined, to: undefined };
  await book.calls.reported({ ...never, status: 'canceled', direction: 'inbound', test: false });
  expect(await read(book, 'CA2')).toMatchObject({ total: 0, lines: [], missing: [] });
});

test('the month holds the real calls since its first day at the wall of the business', async () => {
  const book = await openBook(); // 20 November
  await call(book);
  await call(book, { callSid: 'CA2', seconds: 30 });
  await call(book, { callSid: 'CA3', test: true });
  await book.database
    .updateTable('calls')
    .set({ started_at: Date.UTC(2026, 10, 1, 4) })
    .where('sid', '=', 'CA2')
    .execute();
  const inUtc = await book.calls.costOfMonth('UTC');
  expect(inUtc).toMatchObject({ month: '2026-11', calls: 2, cost: { total: 0.1367, missing: [] } });
  expect(await book.calls.costOfMonth('America/New_York')).toMatchObject({ calls: 2 });
  expect(await book.calls.costOfMonth('America/Chicago')).toMatchObject({ calls: 1, cost: { total: 0.0726 } });
});

test('everything that was ever used can be given a price', async () => {
  const book = await openBook();
  await call(book, { model: 'a-new-model' });
  expect(await book.calls.everUsed()).toEqual(
    expect.arrayContaining([
      { kind: 'tokens in', name: 'a-new-model' },
      { kind: 'voice', name: VOICE },
    ]),
  );
});
