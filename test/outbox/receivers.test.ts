import { createServer, type AddressInfo, type Socket } from 'node:net';
import { leadsInside } from '../../src/outbox/public-lookup';
import { createOutbox } from '../../src/outbox/outbox';
import { whenDone } from '../support/frontdesk';
import { startReceiver } from '../support/receiver';
import { start, subscriber } from './kit';

const MESSAGE = { business: 'The Blue Kettle', name: 'Ada', number: '+12025550143', reason: 'a bent wheel' };

/** A mail server that takes connections and says nothing. */
async function startMuteServer() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => void sockets.add(socket.on('close', () => sockets.delete(socket))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  whenDone(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { sockets, address: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const tick = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds() && performance.now() < deadline) await tick();
  expect(holds()).toBe(true);
}

test('whoever changes to another protocol, or drops the connection, is asked again later like others', async () => {
  const { receiver, outbox, happen, passTime } = await start();
  receiver.state.answer = 101;
  await happen({});
  await outbox.work();
  expect(await outbox.list()).toMatchObject([{ state: 'waiting', problem: 'answered 101' }]);
  receiver.state.answer = 'drop';
  passTime(5_000);
  await outbox.work();
  expect(await outbox.list()).toMatchObject([{ state: 'waiting', tries: 2, problem: expect.any(String) as string }]);
  receiver.state.answer = 200;
  passTime(30_000);
  await outbox.work();
  expect(await outbox.list()).toMatchObject([{ state: 'delivered' }]);
});

test('a receiver that never answers holds up nobody else', async () => {
  const texts: string[] = [];
  const sendText = ({ to }: { to: string }) => Promise.resolve({ ok: true as const, to: texts.push(to) });
  const { receiver, outbox, options, recipients, happen, passTime } = await start(undefined, { sendText });
  const other = await startReceiver();
  Object.assign(options, { allowedHosts: [receiver.host, other.host] });
  recipients.subscribers.push(subscriber('s2', other.url));
  recipients.texts = ['+12025550143'];
  receiver.state.answer = 'hang';
  for (let index = 0; index < 12; index += 1) await happen(MESSAGE, `m${index}`);
  passTime(20_000);
  void outbox.work();
  await until(() => other.received.length === 12 && texts.length === 12);
  expect(receiver.received).toHaveLength(1);
  await happen({});
  void outbox.work();
  await until(() => other.received.length === 13);
  expect(receiver.received).toHaveLength(1);
});

test('what hangs is given up after a while, whatever its channel; a text is not sent twice', async () => {
  const mute = await startMuteServer();
  const more = { patienceMs: 100, sendText: () => new Promise<never>(() => undefined) };
  const { receiver, outbox, recipients, happen, passTime } = await start(undefined, more);
  recipients.email = { server: mute.address, from: 'desk@example.com', to: ['ada@example.com'] };
  recipients.texts = ['+12025550143'];
  receiver.state.answer = 'hang';
  await happen(MESSAGE, 'm1');
  passTime(20_000);
  await outbox.work();
  const told = Object.fromEntries((await outbox.list()).map(({ channel, ...others }) => [channel, others]));
  expect(told).toMatchObject({
    webhook: { state: 'waiting', problem: 'no answer within 100 ms' },
    email: { state: 'waiting', problem: 'no answer within 100 ms' },
    text: { state: 'dead', problem: 'not known whether it was sent' },
  });
  await until(() => mute.sockets.size === 0);
});

test('closing does not wait for who never answers, and the next process sends it under the same id', async () => {
  const mute = await startMuteServer();
  const { receiver, outbox, options, recipients, happen, passTime } = await start();
  recipients.email = { server: mute.address, from: 'desk@example.com', to: ['ada@example.com'] };
  receiver.state.answer = 'hang';
  await happen(MESSAGE, 'm1');
  await happen(MESSAGE, 'm2');
  passTime(20_000);
  void outbox.work();
  await until(() => receiver.received.length === 1 && mute.sockets.size === 1);
  const began = performance.now();
  await outbox.close();
  expect(performance.now() - began).toBeLessThan(500);
  expect((await outbox.list()).map(({ state, tries }) => [state, tries])).toEqual(Array(4).fill(['waiting', 0]));
  recipients.email = undefined;
  receiver.state.answer = 200;
  const next = createOutbox(options);
  await next.work();
  await next.close();
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect([ids.length, new Set(ids).size]).toEqual([3, 2]);
  await until(() => mute.sockets.size === 0);
});

test('whoever says Gone is asked no more: one request, told once, and the rest is given up', async () => {
  const { receiver, outbox, happen, off, passTime, states, recipients } = await start();
  receiver.state.answer = 410;
  for (let index = 0; index < 25; index += 1) await happen({ index });
  await happen(MESSAGE, 'not due yet');
  await outbox.work();
  expect([receiver.received.length, off]).toEqual([1, ['s1']]);
  expect(await states()).toEqual(Array(26).fill('dead'));
  const [dead] = await outbox.list();
  receiver.state.answer = 200;
  expect(await outbox.replay(dead?.id ?? '')).toEqual({ ok: false, found: true, problem: 'the subscriber is off' });
  expect(await outbox.replay('msg_none')).toEqual({ ok: false, found: false });
  recipients.subscribers = recipients.subscribers.map(({ off: _, ...each }) => each);
  expect(await outbox.replay(dead?.id ?? '')).toEqual({ ok: true });
  passTime(1);
  await outbox.work();
  expect([receiver.received.length, (await states()).filter((state) => state === 'delivered').length]).toEqual([2, 1]);
});

test('a message that was corrected is sent as it was no more, also when it was tried before', async () => {
  const { receiver, outbox, happen, passTime } = await start();
  const reasons = () =>
    receiver.received.map(({ body }) => (JSON.parse(body) as { data: { reason: string } }).data.reason);
  receiver.state.answer = 500;
  await happen({ ...MESSAGE, reason: 'old' }, 'm1');
  passTime(20_000);
  await outbox.work();
  await happen({ ...MESSAGE, reason: 'new' }, 'm1');
  receiver.state.answer = 200;
  for (let minutes = 0; minutes < 20; minutes += 1) {
    passTime(60_000);
    await outbox.work();
  }
  expect(reasons()).toEqual(['old', 'new']);
  expect(await outbox.list()).toHaveLength(1);
});

test('what is being sent while a message is corrected stays on the list, and is not tried again', async () => {
  const { receiver, outbox, happen, passTime } = await start();
  receiver.state.answer = 'hang';
  await happen({ ...MESSAGE, reason: 'old' }, 'm1');
  passTime(20_000);
  const sending = outbox.work();
  await until(() => receiver.received.length === 1);
  await happen({ ...MESSAGE, reason: 'new' }, 'm1');
  receiver.dropAll();
  await sending;
  const listed = (await outbox.list()).map(({ state, problem }) => [state, problem]);
  expect(listed).toEqual(
    expect.arrayContaining([
      ['dead', 'a newer one took its place'],
      ['waiting', undefined],
    ]),
  );
});

test('whoever was taken off the list gets nothing of what waits', async () => {
  const texts: string[] = [];
  const sendText = ({ to }: { to: string }) => Promise.resolve({ ok: true as const, to: texts.push(to) });
  const { outbox, recipients, happen, passTime } = await start(undefined, { sendText });
  recipients.subscribers = [];
  recipients.email = { server: 'smtp://127.0.0.1:9', from: 'desk@example.com', to: ['ada@example.com'] };
  recipients.texts = ['+12025550143', '+12025550144'];
  await happen(MESSAGE, 'm1');
  recipients.email = { ...recipients.email, to: ['grace@example.com'] };
  recipients.texts = ['+12025550144'];
  passTime(20_000);
  await outbox.work();
  const told = (await outbox.list()).map(({ target, state, problem }) => [target, state, problem]).sort();
  expect(told).toEqual([
    ['+12025550143', 'dead', 'no longer a receiver'],
    ['+12025550144', 'delivered', undefined],
    ['ada@example.com', 'dead', 'no longer a receiver'],
  ]);
  expect(texts).toEqual(['+12025550144']);
});

test.each([
  ['http://192.168.1.10/hook', true],
  ['http://[::1]:9/hook', true],
  ['http://localhost/hook', true],
  ['http://203.0.113.9/', true],
  ['http://8.8.8.8/hook', false],
  ['http://inside.example.com:5678/', false],
  ['https://nowhere.invalid/', false],
])('whether %s leads inside is known when it is entered: %s', async (address, inside) => {
  expect(await leadsInside(address, ['inside.example.com:5678'])).toBe(inside);
});
