import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Recipients } from './recipients';
import type { Tried } from './send-webhook';

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 };

const text = z.string().nullish();
const told = z.object({
  data: z.object({
    business: z.string(),
    name: text,
    number: text,
    reason: text,
    partial: z.boolean().nullish(),
    answers: z.array(z.object({ question: z.string(), answer: z.string() })).nullish(),
    link: text,
  }),
});

/** What is sent to whom. `body` is the event as subscribers get it. */
export interface EmailDelivery {
  id: string;
  body: string;
  to: string;
  email: NonNullable<Recipients['email']>;
}

/** Sends a message's words by e-mail. Never rejects; the problem never holds a password. */
export async function sendEmail({ id, body, to, email }: EmailDelivery): Promise<Tried> {
  try {
    const transport = createTransport({ ...serverOf(email.server), ...TIMEOUTS });
    const { subject, words } = letterOf(body);
    await transport.sendMail({ from: email.from, to, subject, text: words, messageId: `<${id}@frontdesk.invalid>` });
    return { ok: true };
  } catch (error) {
    const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
    return { ok: false, problem: [code, responseCode].filter(Boolean).join(' ') || 'the mail server refused it' };
  }
}

/** smtp://user:password@host:port; smtps is TLS from the first byte, smtp changes to it where the server can. */
function serverOf(address: string) {
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const auth = url.username
    ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
    : {};
  return { host: url.hostname, port: Number(url.port) || (secure ? 465 : 587), secure, ...auth };
}

/** Header fields are one line; nodemailer encodes the rest. */
const oneLine = (words: string) => words.replace(/\s+/g, ' ').slice(0, 150);

function letterOf(body: string): { subject: string; words: string } {
  const { business, name, number, reason, partial, answers, link } = told.parse(JSON.parse(body)).data;
  const lines = [
    reason ?? 'No reason was given.',
    '',
    `From: ${name ?? 'no name given'}, ${number ?? 'no number to call back'}`,
    ...(answers ?? []).map(({ question, answer }) => `${question} ${answer}`),
    ...(partial ? ['The caller hung up before the message was finished.'] : []),
    ...(link ? ['', link] : []),
  ];
  const subject = oneLine(`Message for ${business}: ${name ?? number ?? 'a caller'}`);
  return { subject, words: lines.join('\n') };
}
