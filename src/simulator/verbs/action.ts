import type { Next, VerbAtWork } from '../call';

/** The webhook to a verb's action, with what the caller did. Without an action, it goes to the current document. */
export function actionOf({ call, verb, document }: VerbAtWork, fields: Readonly<Record<string, string>>): Next {
  const address = call.addresses.follow(verb.attributes['action'] ?? '', document.address);
  const method = verb.attributes['method'] === 'GET' ? 'GET' : 'POST';
  return { fetch: { address, method, fields, beginsTurn: true } };
}
