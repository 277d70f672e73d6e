import { PASSWORD, PUBLIC_HOST, startConsole, type Browser, type RunningConsole } from './kit';
import { emptyBook } from './unasked';

const MOST_STREAMS = 50;

/** A console over a book that changes whenever a test says so. */
async function start() {
  const listeners = new Set<() => void>();
  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const running = await startConsole({ calls: { ...emptyBook, onChange } });
  return { running, listeners, change: () => listeners.forEach((listener) => listener()) };
}

/** Opens a stream as the page of a browser does. */
async function listen({ url }: RunningConsole, browser?: Browser) {
  const stop = new AbortController();
  const cookie = [...(browser?.cookies ?? [])].map((pair) => pair.join('=')).join('; ');
  const headers = browser ? { cookie, host: PUBLIC_HOST, 'x-forwarded-proto': 'https' } : {};
  const answer = await fetch(`${url}/api/calls/live`, { signal: stop.signal, headers });
  const told: string[] = [];
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) told.push(decoder.decode(piece));
  };
  return { answer, told, stop: () => stop.abort(), read };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(holds()).toBe(true);
}

test('a stream tells of changes until its browser signs out, and of nothing afterwards', async () => {
  const { running, listeners, change } = await start();
  await running.ownerSignsUp();
  const owner = running.browser();
  await owner.submit('/login', { password: PASSWORD });
  const stream = await listen(running, owner);
  expect(stream.answer.status).toBe(200);
  const ended = stream.read();
  await until(() => listeners.size === 1);
  change();
  await until(() => stream.told.join('').includes('data: changed'));
  const heard = stream.told.length;
  await owner.open('/');
  expect((await owner.submit('/logout')).status).toBe(303);
  change();
  await ended;
  expect(stream.told).toHaveLength(heard);
  expect(listeners.size).toBe(0);
});

test('listening is no use of a session: it ends when nobody does anything else', async () => {
  const { running, listeners, change } = await start();
  await running.ownerSignsUp();
  const owner = running.browser();
  await owner.submit('/login', { password: PASSWORD });
  const stream = await listen(running, owner);
  const ended = stream.read();
  await until(() => listeners.size === 1);
  for (let hours = 0; hours < 11; hours += 1) {
    const heard = stream.told.length;
    running.passTime(60 * 60_000);
    change();
    await until(() => stream.told.length > heard);
  }
  running.passTime(2 * 60 * 60_000);
  change();
  await ended;
  expect((await owner.open('/')).status).toBe(303);
}, 30_000);

test('there are at most so many streams, and room again when one ends', async () => {
  const { running, listeners } = await start();
  const streams = await Promise.all(Array.from({ length: MOST_STREAMS }, () => listen(running)));
  expect(streams.map(({ answer }) => answer.status)).toEqual(Array(MOST_STREAMS).fill(200));
  const oneMore = await listen(running);
  expect([oneMore.answer.status, oneMore.answer.headers.get('retry-after')]).toEqual([503, '60']);
  expect(await oneMore.answer.json()).toMatchObject({ success: false, code: 'too_many_streams' });
  streams[0]?.stop();
  await until(() => listeners.size === MOST_STREAMS - 1);
  const again = await listen(running);
  expect(again.answer.status).toBe(200);
  for (const { stop } of [...streams, again]) stop();
});

test('streams end when the process is about to stop, and a browser that comes again gets no answer to give up on', async () => {
  const { running } = await start();
  const stream = await listen(running);
  const ended = stream.read();
  running.console.stopSoon();
  await ended;
  await expect(listen(running)).rejects.toThrow('fetch failed');
});
