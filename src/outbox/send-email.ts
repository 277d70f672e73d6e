import { isLoopbackHost } from '../common/this-machine';
import { messageWords, oneLine, readTold } from './message-words';
import type { Recipients } from './recipients';
import type { Tried } from './tried';

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000, socketCloseTimeout: 500 };

const NO_TLS = 'it offers no encryption that can be used, so the password was not sent; smtps:// may work';

/** What is sent to whom. `body` is the event as subscribers get it. */
export interface EmailDelivery {
  id: string;
  body: string;
  to: string;
  email: NonNullable<Recipients['email']>;
  /** Ends the connection. */
  signal: AbortSignal;
}

/** Sends a message's words by e-mail. Never rejects; the problem never holds a password. */
export async function sendEmail({ id, body, to, email, signal }: EmailDelivery): Promise<Tried> {
  try {
    const transport = await connectionTo(email.server);
    const { subject, words } = letterOf(body);
    const messageId = `<${id}@frontdesk.invalid>`;
    await transport.sendMail({ from: email.from, to, subject, text: words, messageId, signal });
    return { ok: true };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

/** The package takes a while to load, and most calls send nothing. */
async function connectionTo(server: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({ ...serverOf(server), ...TIMEOUTS });
}

/**
 * smtp://user:password@host:port; smtps is TLS from the first byte, smtp changes to it where the server can, and must
 * before a password goes to another machine.
 */
function serverOf(address: string) {
  const url = new URL(address);
  const secure = url.protocol === 'smtps:';
  const auth = url.username
    ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
    : {};
  const requireTLS = !secure && url.username !== '' && !isLoopbackHost(url.hostname);
  return { host: url.hostname, port: Number(url.port) || (secure ? 465 : 587), secure, requireTLS, ...auth };
}

function letterOf(body: string): { subject: string; words: string } {
  const told = readTold(body);
  const subject = oneLine(`Message for ${told.business}: ${told.name ?? told.number ?? 'a caller'}`);
  return { subject, words: messageWords(told) };
}

/** Signs in at a mail server without sending anything. Gives what is wrong, undefined where nothing is. */
export async function checkEmail(server: string): Promise<string | undefined> {
  const transport = await connectionTo(server);
  try {
    await transport.verify();
    return undefined;
  } catch (error) {
    return problemOf(error);
  } finally {
    transport.close();
  }
}

/** An error's codes; its words might quote what was sent. */
function problemOf(error: unknown): string {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (code === 'ETLS') return NO_TLS;
  return [code, responseCode].filter(Boolean).join(' ') || 'the mail server refused it';
}
