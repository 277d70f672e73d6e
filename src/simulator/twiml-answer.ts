import type { Address } from './address';
import type { Call, WebhookRequest } from './call';
import type { HttpAnswer } from './http';
import { fail } from './problems';
import { checkResponse } from './twiml/check';
import { childrenOf, parseXml } from './twiml/parse';
import type { Element } from './twiml/parse';

/** The content types that Twilio takes for TwiML. Plain text would be read aloud, audio played: neither is an answer. */
const TWIML_TYPES = ['text/xml', 'application/xml', 'text/html'];

interface Asked {
  request: WebhookRequest;
  address: Address;
}

/** Reads an answer as TwiML, notes the document and every problem in it, and returns its verbs. */
export function readTwiml(call: Call, answer: HttpAnswer, { request, address }: Asked): readonly Element[] {
  const url = address.posted;
  const xml = answer.body.toString('utf8');
  const document = { url, method: request.method, fields: request.fields, status: answer.status, ms: answer.ms, xml };
  const note = (verbs: readonly Element[]): void =>
    call.journal.tell({ kind: 'document', document: { ...document, verbs: verbs.map((verb) => verb.name) } });

  let root: Element;
  try {
    root = parseAnswer(answer, xml, url);
  } catch (error) {
    note([]);
    throw error;
  }
  note(childrenOf(root));
  for (const fault of checkResponse(root)) call.journal.tell({ kind: 'problem', problem: { ...fault, url } });
  return childrenOf(root);
}

function parseAnswer(answer: HttpAnswer, xml: string, url: string): Element {
  if (answer.status >= 400) fail(11217, `The app answered with HTTP ${answer.status}`, url);
  if (answer.status < 200 || answer.status >= 300) fail(11200, `The app answered with HTTP ${answer.status}`, url);
  if (answer.body.length === 0) fail(11770, 'The answer is empty', url);
  const type = contentTypeOf(answer);
  if (!TWIML_TYPES.includes(type)) fail(12300, `The content type is "${type}", not text/xml`, url);
  if (!Buffer.from(xml, 'utf8').equals(answer.body)) fail(12100, 'The answer is not UTF-8', url);
  const root = parseOrFail(xml, url);
  if (root.name !== 'Response') fail(12102, `The root is <${root.name}>, not <Response>`, url);
  return root;
}

function parseOrFail(xml: string, url: string): Element {
  try {
    return parseXml(xml);
  } catch (error) {
    return fail(12100, `Not well-formed XML: ${error instanceof Error ? error.message : String(error)}`, url);
  }
}

/** An answer's content type in lower case, without its parameters; empty when it has none. */
export function contentTypeOf({ headers }: HttpAnswer): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
