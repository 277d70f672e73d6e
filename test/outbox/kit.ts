import { silentLog } from '../../src/common/log';
import { createOutbox, type Outbox } from '../../src/outbox/outbox';
import type { Recipients } from '../../src/outbox/recipients';
import type { OutboxOptions } from '../../src/outbox/sender';
import { openDatabase } from '../../src/storage/database';
import { whenDone } from '../support/frontdesk';
import { startReceiver } from '../support/receiver';

export const SECRET = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;

/** A subscriber to everything that is tested here. */
export const subscriber = (id: string, url: string): Recipients['subscribers'][number] => ({
  ...{ id, url, secret: SECRET },
  events: ['call.ended', 'message.taken'],
});

/** An outbox on a clock that stands still until it is moved, and one receiver that subscribed as "s1". */
export async function start(url: (receiver: string) => string = (own) => own, more: Partial<OutboxOptions> = {}) {
  const receiver = await startReceiver();
  const database = openDatabase(':memory:');
  let now = Date.now();
  const recipients: Recipients = { subscribers: [subscriber('s1', url(receiver.url))] };
  const off: string[] = [];
  const options: OutboxOptions = {
    database,
    clock: { now: () => now },
    log: silentLog,
    recipients: () => recipients,
    turnOff: (id, why) => {
      off.push(id);
      recipients.subscribers = recipients.subscribers.map((each) => (each.id === id ? { ...each, off: why } : each));
      return Promise.resolve();
    },
    allowedHosts: [receiver.host],
    sendText: () => Promise.resolve({ ok: true }),
    ...more,
  };
  const outbox = createOutbox(options);
  whenDone(async () => {
    await outbox.close();
    await database.destroy();
  });
  const happen = (data: object, about?: string) => announce(outbox, data, about);
  const announce = (to: Outbox, data: object, about?: string) =>
    database.transaction().execute((db) =>
      to.announce(db, {
        type: about ? 'message.taken' : 'call.ended',
        at: now,
        data: { ...data },
        ...(about ? { about } : {}),
      }),
    );
  return {
    ...{ receiver, database, outbox, options, off, recipients, happen },
    passTime: (ms: number) => void (now += ms),
    states: async () => (await outbox.list()).map(({ state }) => state).sort(),
  };
}
