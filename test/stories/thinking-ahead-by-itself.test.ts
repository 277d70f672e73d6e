import { join } from 'node:path';
import { addressIn, AUTH_TOKEN, BUSINESS, CALLER, sign, startFrontdesk, type Running } from '../support/frontdesk';
import { guessesOf, told } from '../support/partials';

const TOKEN = 'a'.repeat(20);
/** After so long, in ms, a hundred turns at once in one process are no crowd any more that new calls are kept out of. */
const CALM_MS = 2_500;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const sidOf = (number: number) => `CA${String(number).padStart(32, '0')}`;
const started = (env: Record<string, string> = {}) =>
  startFrontdesk({ groq: true, env: { ADMIN_TOKEN: TOKEN, MAX_CONCURRENT_CALLS: '500', ...env } });

/** A turn of a call of its own, told of `leadMs` before its end, in these words or in others. */
async function turn(frontdesk: Running, number: number, { matches, leadMs }: { matches: boolean; leadMs: number }) {
  const sid = sidOf(number);
  const { xml } = await frontdesk.post('incoming', { From: `+1202555${String(number).padStart(4, '0')}` }, sid);
  await told({ ...frontdesk, post: (path, fields) => frontdesk.post(path, fields, sid) }, xml, ['are you open']);
  await wait(leadMs);
  const SpeechResult = matches ? 'Are you open?' : 'Are you open today?';
  await frontdesk.post(addressIn(xml, 'process'), { SpeechResult }, sid);
}

/** A hundred turns, so many of them with a match, twenty at a time. */
async function hundred(frontdesk: Running, matched: number, leadMs = 320): Promise<void> {
  for (let from = 0; from < 100; from += 20) {
    const some = Array.from({ length: 20 }, (_, at) => from + at);
    await Promise.all(some.map((number) => turn(frontdesk, number, { matches: number < matched, leadMs })));
  }
}

async function home({ url }: Pick<Running, 'url'>): Promise<string> {
  const page = await fetch(`${url}/`, { headers: { authorization: `Bearer ${TOKEN}`, accept: 'text/html' } });
  return (await page.text()).replace(/\s+/g, ' ');
}

test('by itself it first only listens, and begins after a hundred turns where forty were known early; a restart knows it', async () => {
  const before = await started();
  expect(await home(before)).toContain('Nothing is known yet');
  await hundred(before, 40);
  expect(await guessesOf(before)).toEqual({});
  expect(await home(before)).toMatch(/begun while the caller still speaks, since .* In 40 of the latest 100 turns/);
  await before.app.close();
  const after = await started({ DATA_DIR: join(before.directory, 'data') });
  expect(await home(after)).toMatch(/begun while the caller still speaks, since .* In 40 of the latest 100 turns/);
  await turn(after, 200, { matches: true, leadMs: 400 });
  expect(await guessesOf(after)).toEqual({ adopted: 1 });
}, 60_000);

test.each([
  ['where fewer were known early', 39, 320],
  ['where they were known too late to be of use', 100, 40],
])(
  'it never begins %s',
  async (_, matched, leadMs) => {
    const frontdesk = await started();
    await hundred(frontdesk, matched, leadMs);
    await wait(CALM_MS);
    await turn(frontdesk, 200, { matches: true, leadMs: 400 });
    expect(await guessesOf(frontdesk)).toEqual({});
    expect(await home(frontdesk)).toMatch(/begun when the caller has finished. In \d+ of the latest 100 turns/);
  },
  60_000,
);

test('calls from this machine say nothing of real ones', async () => {
  const frontdesk = await startFrontdesk({ groq: true, signed: false, env: { ADMIN_TOKEN: TOKEN } });
  await turn(frontdesk, 1, { matches: true, leadMs: 20 });
  expect(await home(frontdesk)).toContain('Nothing is known yet');
});

test('a restart between the partial and the final words: the turn is answered as ever', async () => {
  const before = await started({ SPECULATION: 'on' });
  const { xml } = await before.post('incoming');
  before.groq.reply({ words: 'Lost.', firstTokenMs: 5_000 });
  await told(before, xml, ['Are you open?']);
  await before.app.close();
  const after = await started({ SPECULATION: 'on', DATA_DIR: join(before.directory, 'data') });
  const address = new URL(addressIn(xml, 'process'), after.url);
  const form = { CallSid: 'CA' + '1'.repeat(32), From: CALLER, To: BUSINESS, SpeechResult: 'Are you open?' };
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'x-twilio-signature': sign(address.href, form, AUTH_TOKEN) },
    body: new URLSearchParams(form),
  });
  expect(await response.text()).toContain('We are open from nine to five.');
  expect(await guessesOf(after)).toEqual({});
});
