import { encode, standardFields } from '../../src/simulator/form';
import { sign } from '../../src/simulator/signature';
import { send, type Answer } from './http';

export const AUTH_TOKEN = '00112233445566778899aabbccddeeff';
const ACCOUNT_SID = `AC${'0'.repeat(32)}`;
const BUSINESS = '+12025550100';

/** What the bench needs of a TwiML document. */
export interface Document {
  plays: string[];
  says: number;
  /** Where the call goes on without the caller's words, and with them. */
  redirect: string | undefined;
  action: string | undefined;
  /** Where partial results go, if they are asked for. */
  partials: string | undefined;
}

const CALLERS = 99;

/** The n-th call's sid. */
export const sidOf = (number: number): string => `CA${number.toString(16).padStart(32, '0')}`;

/** The fields of a Gather's webhook for the n-th call. */
export const fieldsOf = (number: number, words?: string): Record<string, string> => ({
  ...standardFields(
    {
      ...{ callSid: sidOf(number), accountSid: ACCOUNT_SID, to: BUSINESS },
      from: `+120255501${String(1 + (number % CALLERS)).padStart(2, '0')}`,
    },
    words === undefined ? 'ringing' : 'in-progress',
  ),
  ...(words ? { SpeechResult: words, Confidence: '0.91', Language: 'en-US' } : {}),
});

/** A webhook as Twilio sends it: its headers and its body. */
export function signed(url: string, fields: Record<string, string>) {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': sign(AUTH_TOKEN, url, fields),
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
  };
  return { method: 'POST', headers, body: encode(fields) };
}

/** Posts a signed webhook. */
export const post = (url: string, fields: Record<string, string>): Promise<Answer> => send(url, signed(url, fields));

/** Reads TwiML that is known to be well formed. Throws when a webhook was not answered with it. */
export function documentIn({ status, body }: Answer): Document {
  const xml = body.toString();
  if (status !== 200 || !xml.includes('<Response')) throw new Error(`A webhook was answered with ${status}: ${xml}`);
  const first = (pattern: RegExp) => plain(pattern.exec(xml)?.[1]);
  return {
    plays: [...xml.matchAll(/<Play[^>]*>([^<]+)</g)].map((match) => match[1] ?? ''),
    says: [...xml.matchAll(/<Say\b/g)].length,
    redirect: first(/<Redirect[^>]*>([^<]+)</),
    action: first(/<Gather[^>]*\baction="([^"]+)"/),
    partials: first(/<Gather[^>]*\bpartialResultCallback="([^"]+)"/),
  };
}

const plain = (escaped: string | undefined) => escaped?.replace(/&amp;/g, '&');
