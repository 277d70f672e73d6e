import { randomBytes } from 'node:crypto';
import { createTurns } from '../common/turns';
import { recipientsSchema, type Recipients, type Subscriber } from '../outbox/recipients';
import type { Settings } from '../settings/settings';

const NOBODY: Recipients = { subscribers: [] };

/** Who is told, as it is kept in the settings, and the ways to change it. */
export function createRecipients(settings: Settings) {
  const now = (): Recipients => recipientsSchema.safeParse(settings.recipients()).data ?? NOBODY;
  const inTurn = createTurns();
  /** One after the other: each begins with what the one before has left. */
  const change = (work: (before: Recipients) => Recipients): Promise<void> =>
    inTurn(() => settings.saveRecipients(work(now())));
  /** Changes one subscriber, or takes it away where `work` leaves none. False when there is none of this id. */
  const changeSubscriber = async (id: string, work: (before: Subscriber) => Subscriber | undefined) => {
    const there = now().subscribers.some((each) => each.id === id);
    const changedOnes = ({ subscribers }: Recipients) =>
      subscribers.flatMap((each) => (each.id === id ? (work(each) ?? []) : each));
    if (there) await change((before) => ({ ...before, subscribers: changedOnes(before) }));
    return there;
  };
  return {
    now,
    change,
    /** Gives the secret, which is shown once. */
    async subscribe({ url, events }: Pick<Subscriber, 'url' | 'events'>) {
      const secret = `whsec_${randomBytes(24).toString('base64')}`;
      const id = randomBytes(6).toString('hex');
      await change((before) => ({ ...before, subscribers: [...before.subscribers, { id, url, secret, events }] }));
      return { id, secret };
    },
    unsubscribe: (id: string) => changeSubscriber(id, () => undefined),
    turnOn: (id: string) => changeSubscriber(id, ({ off: _, ...others }) => others),
    turnOff: (id: string, why: string) => changeSubscriber(id, (before) => ({ ...before, off: why })),
  };
}
