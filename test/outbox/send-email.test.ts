import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { checkEmail } from '../../src/outbox/send-email';
import { whenDone } from '../support/frontdesk';

/** A mail server without any encryption, at an address; and the passwords it was told. */
async function startPlainServer(host: string) {
  const passwords: unknown[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ password }, _session, callback) {
      passwords.push(password);
      callback(null, { user: 'desk' });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  whenDone(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return { passwords, url: `smtp://desk:mail-password@${host}:${(server.server.address() as AddressInfo).port}` };
}

test('a password goes to no other machine in the clear', async () => {
  const { passwords, url } = await startPlainServer('127.0.0.2');
  expect(await checkEmail(url)).toContain('offers no encryption');
  expect(passwords).toEqual([]);
});

test('on this machine it may, and a server that asks for none is asked as it is', async () => {
  const own = await startPlainServer('127.0.0.1');
  expect(await checkEmail(own.url)).toBeUndefined();
  expect(own.passwords).toEqual(['mail-password']);
  const other = await startPlainServer('127.0.0.2');
  expect(await checkEmail(other.url.replace('desk:mail-password@', ''))).toBeUndefined();
});
