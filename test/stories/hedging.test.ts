import { saidIn, startFrontdesk, type Running } from '../support/frontdesk';

const FIRST = 'openai/gpt-oss-120b';
const TOKEN = 'an-admin-token-of-tests';
const SECOND = 'openai/gpt-oss-20b';
const WORDS = { SpeechResult: 'Do you have any elephants?' };

/** A turn on a call of its own. */
function turn(frontdesk: Running, count: number, first: { firstTokenMs: number }) {
  frontdesk.groq.byModel(FIRST, { words: 'The first says no.', ...first });
  const from = `+120255501${String(count % 100).padStart(2, '0')}`;
  return frontdesk.post('process?turn=1', { ...WORDS, From: from }, `CA${String(count).padStart(32, '0')}`);
}

/** Frontdesk that knows how fast its first model usually is. */
async function startUsed(env: Record<string, string> = {}) {
  const frontdesk = await startFrontdesk({ groq: true, env });
  frontdesk.groq.byModel(SECOND, { words: 'The second says no.', firstTokenMs: 20 });
  for (let count = 0; count < 52; count += 1) await turn(frontdesk, count, { firstTokenMs: 20 });
  return frontdesk;
}

interface Costly {
  tokens: { prompt: number };
  cost: { lines: { what: string }[] };
}

/** A call as the book holds it, once its turn is written down. */
async function read({ url }: Running, sid: string): Promise<Costly> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const answer = await fetch(`${url}/api/calls/${sid}`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return (await answer.json()) as Costly;
}

const askedFor = (frontdesk: Running, model: string) =>
  frontdesk.groq.requests.filter(({ body }) => body.model === model).length;

test('a first model later than usual is overtaken by the second, and its request is ended', async () => {
  const frontdesk = await startUsed();
  const before = askedFor(frontdesk, SECOND);
  const late = await turn(frontdesk, 60, { firstTokenMs: 1_400 });
  expect(saidIn(late.xml)).toBe('The second says no.');
  expect(late.ms).toBeLessThan(1_000);
  expect(askedFor(frontdesk, SECOND)).toBe(before + 1);
  await frontdesk.groq.untilAborted(1);
  const metrics = await (await fetch(`${frontdesk.url}/metrics`)).text();
  expect(metrics).toMatch(/^frontdesk_hedges_total\{what="won"\} [1-9]/m);
}, 60_000);

test('the request that lost is in the book of what the call has cost', async () => {
  const frontdesk = await startUsed({ ADMIN_TOKEN: TOKEN });
  const late = await turn(frontdesk, 60, { firstTokenMs: 1_400 });
  expect(saidIn(late.xml)).toBe('The second says no.');
  const { tokens, cost } = await read(frontdesk, `CA${String(60).padStart(32, '0')}`);
  expect(tokens.prompt).toBeGreaterThan(200); // 100 are those of the model that was heard
  expect(cost.lines.map(({ what }) => what).join()).toContain(FIRST);
}, 60_000);

test('after a refusal for too many requests nobody is asked ahead of time', async () => {
  const frontdesk = await startUsed();
  frontdesk.groq.byModel(FIRST, { fault: { kind: 'status', status: 429, headers: { 'retry-after': '0' } } });
  await frontdesk.post('process?turn=1', WORDS, `CA${'8'.repeat(32)}`);
  const before = askedFor(frontdesk, SECOND);
  const late = await turn(frontdesk, 61, { firstTokenMs: 1_000 });
  expect(saidIn(late.xml)).toBe('The first says no.');
  expect(askedFor(frontdesk, SECOND)).toBe(before);
}, 60_000);

test('the built-in answerer is no second model', async () => {
  const frontdesk = await startUsed({ GROQ_FALLBACK_MODEL: FIRST });
  const late = await turn(frontdesk, 62, { firstTokenMs: 1_000 });
  expect(saidIn(late.xml)).toBe('The first says no.');
  expect(askedFor(frontdesk, SECOND)).toBe(0);
}, 60_000);
