import { runInNewContext } from 'node:vm';
import { checkResponse } from '../../src/simulator/twiml/check';
import { childrenOf, parseXml, textOf } from '../../src/simulator/twiml/parse';

/** Runs the Function as Twilio does, and reads what it says. */
export function callFunction(source: string, event: Record<string, string> = {}) {
  let answer: { body: string; headers: Record<string, string> } | undefined;
  class Response {
    body = '';
    headers: Record<string, string> = {};
    setBody(body: string) {
      this.body = body;
    }
    appendHeader(name: string, value: string) {
      this.headers[name] = value;
    }
  }
  const module = { exports: {} as { handler?: unknown } };
  runInNewContext(source, { exports: module.exports, Twilio: { Response } });
  const handler = module.exports.handler as (
    context: object,
    event: object,
    callback: (error: unknown, response: Response) => void,
  ) => void;
  handler({}, event, (_, response) => (answer = response));
  const root = parseXml(answer?.body ?? '');
  expect(checkResponse(root)).toEqual([]);
  expect(answer?.headers).toEqual({ 'Content-Type': 'text/xml' });
  return childrenOf(root).map((verb) => ({ ...verb.attributes, verb: verb.name, text: textOf(verb) }));
}
