import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { callFacts, heard, wholeNumber } from '../../src/voice/form';
import { readForm } from '../../src/voice/read-form';

const app = express();
app.use(readForm);
app.use((request, response) => {
  response.json({ facts: callFacts(request), heard: heard(request), turn: wholeNumber(request, 'turn') });
});
const server = createServer(app);
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => server.close());

/** What Frontdesk makes of a webhook: JSON, in which what is undefined is absent. */
async function read(body: string, query = ''): Promise<Record<string, unknown>> {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/process${query}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  const response = await fetch(url, { method: 'POST', headers, body });
  return (await response.json()) as Record<string, unknown>;
}

test('a call is known by the CallSid of the body, then by that of the address, then not at all', async () => {
  const form = 'CallSid=CA1&From=%2B12025550143&To=%2B12025550100';
  const facts = { callSid: 'CA1', from: '+12025550143', to: '+12025550100' };
  expect(await read(form, '?call_sid=CA2')).toMatchObject({ facts });
  expect(await read('CallSid=', '?call_sid=CA2')).toMatchObject({ facts: { callSid: 'CA2' } });
  expect(await read('', '?call_sid=')).not.toHaveProperty('facts');
  expect(await read('CallSid=CA1&CallSid=CA2')).toMatchObject({ facts: { callSid: 'CA1' } });
  expect(await read('CallSid[x]=CA1')).not.toHaveProperty('facts');
});

test('a webhook without any body is about nobody', async () => {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/process`);
  expect(await response.json()).toEqual({ heard: {} });
});

test.each([
  ['words', 'SpeechResult=I%27d+like+a+table.&Confidence=0.9273', { speech: "I'd like a table.", confidence: 0.9273 }],
  ['words without a confidence', 'SpeechResult=Caf%C3%A9', { speech: 'Café' }],
  ['no confidence to speak of', 'SpeechResult=hi&Confidence=', { speech: 'hi' }],
  ['a confidence nobody can read', 'SpeechResult=hi&Confidence=high', { speech: 'hi' }],
  ['one that is no share', 'SpeechResult=hi&Confidence=1e400', { speech: 'hi' }],
  ['one above all', 'SpeechResult=hi&Confidence=9', { speech: 'hi' }],
  ['one below all', 'SpeechResult=hi&Confidence=-1', { speech: 'hi' }],
  ['the least', 'SpeechResult=hi&Confidence=0.0', { speech: 'hi', confidence: 0 }],
  ['keys', 'Digits=1234&FinishedOnKey=%23&msg=Gather+End', { digits: '1234', finishedOnKey: true }],
  ['keys that ended by themselves', 'Digits=12*%23', { digits: '12*#', finishedOnKey: false }],
  ['keys no telephone has', 'Digits=+1a%0A2%3Cb%3E', { digits: '12', finishedOnKey: false }],
  ['silence in absent fields', '', {}],
  ['silence in empty fields', 'SpeechResult=&Digits=&Confidence=', {}],
  ['silence in spaces', 'SpeechResult=+%0A+&Digits=+', {}],
  ['a field given twice', 'SpeechResult=one&SpeechResult=two', { speech: 'one' }],
  ['names of the language itself', '__proto__=x&constructor=y&SpeechResult=hi', { speech: 'hi' }],
])('it hears %s', async (_, body, expected) => expect((await read(body))['heard']).toEqual(expected));

test.each([
  ['?turn=0', 0],
  ['?turn=12', 12],
  ['?turn=007', 7],
  ['?turn=999999', 999_999],
  ['?turn=3&turn=4', 3],
  ...[
    '',
    '?turn=',
    '?turn=-1',
    '?turn=1.5',
    '?turn=1e3',
    '?turn=0x1',
    '?turn=1000000',
    '?turn=x',
    '?turn=+1',
    '?turn=%D9%A1',
    '?turn[a]=1',
  ].map((query): [string, undefined] => [query, undefined]),
])('the turn of %j is %j', async (query, turn) => expect((await read('', query))['turn']).toBe(turn));
