import express from 'express';
import request from 'supertest';
import { addressSignedFor } from '../../src/voice/candidates';
import { readForm } from '../../src/voice/read-form';
import { AUTH_TOKEN, sign } from '../support/frontdesk';

const PATH = '/api/voice/incoming?turn=1';
const FORM = { CallSid: 'CA1' };

/** What is found out about a webhook that was signed for `signedFor` and came with these headers. */
async function found(
  signedFor: string,
  { headers = {}, publicBase = 'https://phone.example.com' } = {},
): Promise<unknown> {
  const app = express();
  app.use(readForm, (incoming, response) => {
    response.json({ base: addressSignedFor(incoming, { authTokens: [AUTH_TOKEN], publicBase }) ?? null });
  });
  const answer = await request(app)
    .post(PATH)
    .set({ host: 'inside:3000', 'x-twilio-signature': sign(signedFor, FORM), ...headers })
    .type('form')
    .send(FORM);
  return (answer.body as { base: unknown }).base;
}

test.each([
  ['http instead of https', `http://phone.example.com${PATH}`, {}, 'http://phone.example.com'],
  ['a port that is named', `https://phone.example.com:443${PATH}`, {}, /^https:\/\/phone\.example\.com(?::443)?$/],
  [
    'the forwarded host',
    `https://other.example.com${PATH}`,
    { headers: { 'x-forwarded-host': 'other.example.com' } },
    'https://other.example.com',
  ],
  [
    'the forwarded port',
    `https://phone.example.com:8443${PATH}`,
    { headers: { 'x-forwarded-port': '8443' } },
    'https://phone.example.com:8443',
  ],
  ['the host it came to', `https://inside:3000${PATH}`, {}, 'https://inside:3000'],
  [
    'a slash at the end',
    'https://phone.example.com/api/voice/incoming/?turn=1',
    {},
    /phone\.example\.com \(path \/api\/voice\/incoming\//,
  ],
])('%s is found out', async (...[, signedFor, options, expected]) => {
  const base = await found(signedFor, options);
  if (typeof expected === 'string') expect(base).toBe(expected);
  else expect(base).toMatch(expected);
});

test('an address that nothing in the request speaks of is not', async () => {
  expect(await found(`https://elsewhere.example.com${PATH}`)).toBeNull();
});
