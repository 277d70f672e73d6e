import { addressIn, saidIn, startFrontdesk, type Answer, type Running } from '../support/frontdesk';

const sid = (number: number) => `CA${String(number).padStart(32, '0')}`;
const from = (number: number) => ({ From: `+120255501${String(1 + (number % 99)).padStart(2, '0')}` });
const WORDS = { SpeechResult: 'When are you open?' };
const MODELS = { GROQ_FALLBACK_MODEL: 'openai/gpt-oss-120b' };

/** The last document of an answer, which may come in parts after a word of patience. */
async function lastOf(frontdesk: Running, first: Promise<Answer>, call: number): Promise<string> {
  let { xml } = await first;
  while (xml.includes('/continue?'))
    ({ xml } = await frontdesk.post(addressIn(xml, 'continue'), from(call), sid(call)));
  return xml;
}

test('hundreds of calls at once: a service gets no more than it should, and everybody is answered', async () => {
  const limits = { atOnce: 20, waiting: 40, waitMs: 1_000 };
  const env = { MAX_CONCURRENT_CALLS: '1000', ...MODELS };
  const frontdesk = await startFrontdesk({ groq: true, env, overrides: { upstreamLimits: limits } });
  frontdesk.groq.reply({ words: 'We open at nine.', firstTokenMs: 200 });
  const calls = Array.from({ length: 300 }, (_, index) => index);
  for (const call of calls) await frontdesk.post('incoming', from(call), sid(call));
  let most = 0;
  const watch = setInterval(() => {
    const now = Date.now();
    most = Math.max(
      most,
      frontdesk.groq.requests.filter(({ at, sentAt }) => sentAt.length === 0 && now - at < 190).length,
    );
  }, 5);
  const answers = await Promise.all(
    calls.map((call) =>
      lastOf(frontdesk, frontdesk.post('process?turn=1', { ...WORDS, ...from(call) }, sid(call)), call),
    ),
  );
  clearInterval(watch);
  expect(most).toBeGreaterThan(10);
  expect(most).toBeLessThanOrEqual(20);
  expect(answers.filter((xml) => !/open/i.test(saidIn(xml)) || !xml.includes('<Gather'))).toEqual([]);
}, 60_000);

test('while some wait, who calls anew is answered without any service; a call under way is not', async () => {
  const limits = { atOnce: 1, waiting: 5, waitMs: 10_000 };
  const frontdesk = await startFrontdesk({
    groq: true,
    voice: true,
    env: MODELS,
    overrides: { upstreamLimits: limits },
  });
  for (const call of [1, 2, 3]) await frontdesk.post('incoming', from(call), sid(call));
  frontdesk.groq.reply({ words: 'The model says nine.', firstTokenMs: 1_300 });
  const underWay = [1, 2].map((call) => frontdesk.post('process?turn=1', { ...WORDS, ...from(call) }, sid(call)));
  const WAITING = 'frontdesk_upstream_requests{service="groq",state="waiting"} 1\n';
  let metrics = '';
  while (!metrics.includes(WAITING)) metrics = await (await fetch(`${frontdesk.url}/metrics`)).text();
  expect(metrics).toContain('frontdesk_upstream_requests{service="groq",state="at work"} 1\n');
  expect(metrics).toMatch(/^frontdesk_event_loop_delay_seconds\{quantile="0.99"\} \d/m);
  const spoken = frontdesk.voice.requests.length;
  await frontdesk.post('incoming', from(4), sid(4));
  const anew = await frontdesk.post('process?turn=1', { ...WORDS, ...from(4) }, sid(4));
  expect(saidIn(anew.xml)).toMatch(/open/i);
  expect(anew.ms).toBeLessThan(1_300);
  expect(frontdesk.voice.requests).toHaveLength(spoken);
  await Promise.all(underWay.map((answer, index) => lastOf(frontdesk, answer, index + 1)));
  const third = await frontdesk.post('process?turn=1', { ...WORDS, ...from(3) }, sid(3));
  expect(third.xml).toContain('<Play>');
  expect(frontdesk.voice.requests.at(-1)?.text).toBe('The model says nine.');
  expect(frontdesk.groq.requests).toHaveLength(3);
});

test('while some wait, nobody is asked besides a model that is late', async () => {
  const limits = { atOnce: 1, waiting: 5, waitMs: 10_000 };
  const frontdesk = await startFrontdesk({ groq: true, overrides: { upstreamLimits: limits } });
  for (const call of [1, 2]) await frontdesk.post('incoming', from(call), sid(call));
  frontdesk.groq.reply({ words: 'The model says nine.', firstTokenMs: 2_600 });
  const turns = [1, 2].map((call) => frontdesk.post('process?turn=1', { ...WORDS, ...from(call) }, sid(call)));
  await Promise.all(turns);
  await new Promise((resolve) => setTimeout(resolve, 400));
  const metrics = await (await fetch(`${frontdesk.url}/metrics`)).text();
  expect(metrics).toContain('frontdesk_upstream_requests{service="groq",state="waiting"} 1\n');
  await Promise.all(turns.map((answer, index) => lastOf(frontdesk, answer, index + 1)));
});
