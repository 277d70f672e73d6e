import { Webhook } from 'standardwebhooks';
import { isPublic } from '../../src/outbox/public-lookup';
import { startReceiver } from '../support/receiver';
import { createOutbox } from '../../src/outbox/outbox';
import { whenDone } from '../support/frontdesk';
import { SECRET, start } from './kit';

const HOUR = 60 * 60_000;

test('an event arrives once, and the Standard Webhooks library verifies it', async () => {
  const { receiver, outbox, happen } = await start();
  await happen({ call_sid: 'CA1' });
  await outbox.work();
  await outbox.work();
  expect(receiver.received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
  const verified = new Webhook(SECRET).verify(body, headers as Record<string, string>);
  expect(verified).toMatchObject({ type: 'call.ended', data: { call_sid: 'CA1' } });
  expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow(
    'No matching signature',
  );
  expect(await outbox.list()).toMatchObject([{ state: 'delivered', tries: 1, problem: undefined }]);
});

test('a subscriber that is down for an hour hears everything afterwards, once for each id', async () => {
  const { receiver, outbox, happen, passTime } = await start();
  receiver.state.answer = 500;
  await happen({ call_sid: 'CA1' });
  await happen({ call_sid: 'CA2' });
  for (let minutes = 0; minutes < 60; minutes += 1) {
    await outbox.work();
    passTime(60_000);
  }
  const whileDown = receiver.received.length;
  receiver.state.answer = 200;
  for (let hours = 0; hours < 4; hours += 1) {
    passTime(HOUR);
    await outbox.work();
  }
  const arrived = receiver.received.slice(whileDown).map(({ headers }) => String(headers['webhook-id']));
  expect(arrived).toHaveLength(2);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(arrived));
  expect((await outbox.list()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
});

test('after the last try it is given up, and can be sent again under its id', async () => {
  const { receiver, outbox, happen, passTime } = await start();
  receiver.state.answer = 503;
  await happen({});
  for (let tries = 0; tries < 15; tries += 1) {
    await outbox.work();
    passTime(25 * HOUR);
  }
  const [dead] = await outbox.list();
  expect(dead).toMatchObject({ state: 'dead', tries: 11, problem: 'answered 503' });
  receiver.state.answer = 200;
  expect(await outbox.replay(dead?.id ?? '')).toEqual({ ok: true });
  await outbox.work();
  expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(dead?.id);
  expect(await outbox.list()).toMatchObject([{ state: 'delivered' }]);
});

test('a redirect is not followed, wherever it leads', async () => {
  const { receiver, outbox, happen } = await start();
  const inside = await startReceiver();
  receiver.state.answer = { redirect: inside.url };
  await happen({});
  await outbox.work();
  expect(inside.received).toHaveLength(0);
  expect(await outbox.list()).toMatchObject([{ state: 'waiting', problem: 'answered 307' }]);
});

test.each([
  ['another port of this machine', (own: string) => own.replace(/:\d+\//, ':9/')],
  ['this machine by name', () => 'http://localhost:9/hook'],
  ['a private network', () => 'http://192.168.1.10/hook'],
  ['the metadata of a cloud', () => 'http://169.254.169.254/latest'],
  ['this machine in IPv6', () => 'http://[::1]:9/hook'],
  ['this machine in IPv6 clothes', () => 'http://[::ffff:127.0.0.1]:9/hook'],
  ['this machine as a number', () => 'http://2130706433:9/hook'],
])('nothing is sent to %s', async (_, url) => {
  const { outbox, happen } = await start(url);
  await happen({});
  await outbox.work();
  const [delivery] = await outbox.list();
  expect(delivery?.problem).toContain('is not an address of the public internet');
});

test('addresses are told apart', () => {
  const open = ['8.8.8.8', '2606:4700::1111', '2001:4860:4860::8888', '::ffff:8.8.8.8'];
  expect(open.filter(isPublic)).toEqual(open);
  const others = ['10.0.0.1', '172.16.3.4', '100.64.0.1', '0.0.0.0', '224.0.0.1', 'fd00::1', 'fe80::1', '::', 'words'];
  const unknownIpv6 = ['::2', '::7f00:1', '4000::1', '1fff::1', '8000::1', '64:ff9b::a00:1', '2002:a00:1::1'];
  const specialIpv6 = ['2001::1', '2001:db8::1', '3fff::1', '2001:2::1', '5f00::1', 'ff02::1'];
  expect([...others, ...unknownIpv6, ...specialIpv6].filter(isPublic)).toEqual([]);
});

test('a message that still changes is told as it is in the end', async () => {
  const { receiver, outbox, happen, passTime } = await start();
  await happen({ reason: 'a bent wheel' }, 'm1');
  await outbox.work();
  await happen({ reason: 'a bent wheel; by Friday' }, 'm1');
  passTime(20_000);
  await outbox.work();
  expect(receiver.received.map(({ body }) => (JSON.parse(body) as { data: unknown }).data)).toEqual([
    { reason: 'a bent wheel; by Friday' },
  ]);
});

test('what is undone is told to nobody', async () => {
  const { receiver, database, outbox } = await start();
  const undone = database.transaction().execute(async (db) => {
    await outbox.announce(db, { type: 'call.ended', at: Date.now(), data: {} });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  await outbox.work();
  expect([receiver.received.length, (await outbox.list()).length]).toEqual([0, 0]);
});

test('a text that was on its way when the process was killed is not sent by the next one', async () => {
  const sent: string[] = [];
  const sendText = ({ to }: { to: string }) => new Promise<never>(() => sent.push(to));
  const { outbox, options, happen, passTime } = await start(undefined, { sendText });
  options.recipients().texts = ['+12025550143', '+12025550144'];
  await happen({ business: 'Juniper Lane Opticians' }, 'm1');
  passTime(HOUR);
  void outbox.work();
  while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await happen({ business: 'Juniper Lane Opticians' }, 'm2');
  passTime(HOUR);
  const later: string[] = [];
  const next = createOutbox({ ...options, sendText: ({ to }) => Promise.resolve({ ok: true, id: later.push(to) }) });
  whenDone(() => next.close());
  await next.work();
  const texts = (await next.list()).filter(({ channel }) => channel === 'text');
  expect(texts.map(({ state }) => state).sort()).toEqual(['dead', 'dead', 'delivered', 'delivered']);
  expect(texts.find(({ state }) => state === 'dead')?.problem).toBe('not known whether it was sent');
  expect(later).toHaveLength(2);
});
