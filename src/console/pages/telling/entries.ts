import { E164 } from '../../../common/e164';
import { isDialable } from '../../../common/dialable';
import type { EventType } from '../../../common/events';
import type { Refusal } from '../../answers';

/** What was entered, or what is wrong with it. */
export type Entry<Value> = { ok: true; value: Value } | ({ ok: false } & Refusal);

const refusal = (field: string, error: string, remedy: string) =>
  ({ ok: false, status: 400, code: 'format', field, error, remedy }) as const;

const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]+$/;
const MOST_ADDRESSES = 10;

/** A mail server, who writes, and to whom (one a line, or with commas). */
export function emailIn(fields: {
  server: string;
  from: string;
  to: string;
}): Entry<{ server: string; from: string; to: string[] }> {
  const server = fields.server.trim();
  const [from, to] = [fields.from.trim(), fields.to.split(/[\s,;]+/).filter(Boolean)];
  if (!URL.canParse(server) || !/^smtps?:$/.test(new URL(server).protocol) || new URL(server).hostname === '') {
    return refusal(
      'server',
      'The mail server is not an address.',
      'Write it like smtps://user:password@mail.example.com.',
    );
  }
  if (![new URL(server).username, new URL(server).password].every(isDecodable)) {
    return refusal(
      'server',
      'The user or the password has a % that stands for nothing.',
      'Write %25 for every % in them, as in an address.',
    );
  }
  if (!ADDRESS.test(from))
    return refusal('from', 'The sender is no e-mail address.', 'Write one, like desk@example.com.');
  const wrong = to.find((each) => !ADDRESS.test(each));
  if (wrong !== undefined || to.length === 0)
    return refusal('to', 'The receiver is no e-mail address.', 'Write one a line, like owner@example.com.');
  if (to.length > MOST_ADDRESSES)
    return refusal('to', `There are more than ${MOST_ADDRESSES} receivers.`, 'A mailing list of your own serves more.');
  return { ok: true, value: { server, from, to } };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Numbers that get texts, one a line; none at all turns texts off. */
export function textsIn(text: string): Entry<string[]> {
  const numbers = text
    .split(/[\n,;]+/)
    .map((each) => each.replace(/[\s().-]/g, ''))
    .filter(Boolean);
  const wrong = numbers.find((each) => !E164.test(each) || !isDialable(each));
  if (wrong !== undefined)
    return refusal('texts', `${wrong} is no number that can get texts.`, 'Write it in full, like +12025550143.');
  if (numbers.length > MOST_ADDRESSES)
    return refusal('texts', `There are more than ${MOST_ADDRESSES} numbers.`, 'Every text costs; leave some out.');
  return { ok: true, value: numbers };
}

/** Where events are sent, and which. */
export function subscriberIn(
  fields: { url: string; events: readonly string[] },
  known: readonly EventType[],
): Entry<{ url: string; events: EventType[] }> {
  const url = fields.url.trim();
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    return refusal('url', 'This is not a web address.', 'Write one like https://example.com/frontdesk.');
  if (parsed.username !== '' || parsed.password !== '')
    return refusal('url', 'The address holds a password.', 'Leave it out: every request is signed instead.');
  const events = known.filter((event) => fields.events.includes(event));
  if (events.length === 0 || events.length < fields.events.length)
    return refusal(
      'events',
      'There is no event to send, or one that is not known.',
      `Choose from ${known.join(', ')}.`,
    );
  return { ok: true, value: { url: parsed.href, events } };
}

/** Told of an address of our own network, to which nothing would ever be sent. */
export const inside = (address: string): Refusal => ({
  status: 400,
  code: 'private_address',
  field: 'url',
  error: 'This address leads into a network of its own, and nothing is sent there.',
  remedy: `Use a public address, or name ${new URL(address).host} in WEBHOOK_ALLOWED_HOSTS and start Frontdesk again.`,
});
