import { AUTH_TOKEN, startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';

interface Told {
  kind: string;
  text?: string;
  url?: string;
  by?: string;
  rung?: string;
  xml?: string;
}

const post = async ({ url }: Running, path: string, fields: Record<string, string> = {}) => {
  const answer = await fetch(url + path, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

/** Dials, and reads the call's events as a browser does. */
async function dial(frontdesk: Running) {
  const { body } = await post(frontdesk, '/api/try');
  const closing = new AbortController();
  whenDone(() => Promise.resolve(closing.abort()));
  const stream = await fetch(`${frontdesk.url}/api/try/${body['id']}/events`, { signal: closing.signal });
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  const told: Told[] = [];
  const reading = (async () => {
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      const whole = text.split('\n\n');
      text = whole.pop() ?? '';
      for (const event of whole) if (event.startsWith('data: ')) told.push(JSON.parse(event.slice(6)) as Told);
    }
  })().catch(() => undefined);
  const until = async (kind: string, count = 1): Promise<Told> => {
    for (let tries = 0; tries < 400; tries += 1) {
      const found = told.filter((event) => event.kind === kind)[count - 1];
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`no ${kind} came: ${told.map((event) => event.kind).join(' ')}`);
  };
  return { id: body['id'] ?? '', told, until, reading, hangUp: () => closing.abort() };
}

test('a call from the page: greeted, answered, with its words, timings and TwiML', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  const call = await dial(frontdesk);
  await call.until('listening');
  expect((await call.until('heard')).text).toContain('Maple Street');
  expect(await post(frontdesk, `/api/try/${call.id}/say`, { words: 'When are you open?' })).toMatchObject({
    status: 200,
  });
  const reply = await call.until('heard', 2);
  expect(reply).toMatchObject({ by: 'play', text: 'We are open from nine to five.' });
  expect((await fetch(new URL(reply.url ?? '', frontdesk.url))).headers.get('content-type')).toBe('audio/wav');
  expect(await call.until('timing')).toMatchObject({ rung: 'openai/gpt-oss-120b' });
  expect((await call.until('twiml', 2)).xml).toContain('<Gather');
  await post(frontdesk, `/api/try/${call.id}/hang-up`);
  expect(await call.until('ended')).toMatchObject({ by: 'caller' });
}, 30_000);

test('two browsers do not hear each other, and words that come too soon are not lost in silence', async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  const [one, other] = [await dial(frontdesk), await dial(frontdesk)];
  await one.until('listening');
  await other.until('listening');
  await post(frontdesk, `/api/try/${one.id}/say`, { words: 'Do you rent bikes?' });
  await one.until('heard', 2);
  expect(other.told.filter(({ kind }) => kind === 'caller')).toEqual([]);
  expect(await post(frontdesk, '/api/try/nosuchcall/say', { words: 'hello' })).toMatchObject({ status: 409 });
  const empty = await post(frontdesk, `/api/try/${other.id}/say`, { words: ' ' });
  expect(empty).toMatchObject({ status: 409, body: { success: false, code: 'not_listening' } });
}, 30_000);

test('a message left from the page is marked as a test', async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  const call = await dial(frontdesk);
  const say = async (words: string, listening: number) => {
    await call.until('listening', listening);
    await post(frontdesk, `/api/try/${call.id}/say`, { words });
  };
  await say('Please take a message: my chain is broken.', 1);
  await say('Mira', 2);
  await call.until('listening', 3);
  await post(frontdesk, `/api/try/${call.id}/hang-up`);
  await call.until('ended');
  for (let tries = 0; tries < 100; tries += 1) {
    if (keptMessages(frontdesk.directory).some(({ test }) => test)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the message was not marked as a test');
}, 30_000);

test('no more than five browsers talk at once, and a stranger does not at all', async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  for (let calls = 0; calls < 5; calls += 1) expect((await post(frontdesk, '/api/try')).status).toBe(200);
  expect(await post(frontdesk, '/api/try')).toMatchObject({ status: 429, body: { code: 'all_busy' } });
  const closed = await startFrontdesk({ env: { ADMIN_TOKEN: `${AUTH_TOKEN}-admin` } });
  expect((await post(closed, '/api/try')).status).toBe(401);
});

test("the owner's own questions are asked once the message is safe, and kept with it", async () => {
  const frontdesk = await startFrontdesk({ signed: false });
  const settings = `${frontdesk.url}/api/settings`;
  const { profile } = (await (await fetch(settings)).json()) as { profile: Record<string, unknown> };
  const changed = { ...profile, messages: { ask: ['Which bike is it?', 'When do you need it?'] } };
  await fetch(settings, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(changed),
  });
  const hear = async (words: string) => (await frontdesk.post('process', { SpeechResult: words })).xml;
  await frontdesk.post('incoming');
  await hear('Please take a message: my chain is broken.');
  await hear('Mira');
  const asked = await hear('Yes');
  expect(asked).toContain('Which bike is it?');
  const kept = () => keptMessages(frontdesk.directory);
  expect(kept()[0]?.reason).toContain('chain is broken');
  expect(await hear('The red one')).toContain('When do you need it?');
  expect(await hear('By Friday')).toContain('Your message is noted');
  expect(kept()[0]?.answers).toEqual([
    { question: 'Which bike is it?', answer: 'The red one' },
    { question: 'When do you need it?', answer: 'By Friday' },
  ]);
});
