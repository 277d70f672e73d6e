import type { Log, LogFields } from '../../src/common/log';
import type { Credentials } from '../../src/telephony/credentials';
import { createTelephony, type Telephony, type TelephonyOptions } from '../../src/telephony/telephony';
import type { TwilioRestStub } from '../support/twilio-rest-stub';

/** A log that can be read back as text. */
export function textLog(): Log & { text(): string } {
  const lines: string[] = [];
  const write = (eventType: string, fields?: LogFields) => void lines.push(JSON.stringify({ eventType, ...fields }));
  return { info: write, warn: write, error: write, text: () => lines.join('\n') };
}

/** Telephony at the stub, with short times. */
export const telephonyAt = (stub: Pick<TwilioRestStub, 'url'>, options: Partial<TelephonyOptions> = {}): Telephony =>
  createTelephony({
    apiBaseUrl: stub.url,
    timeoutMs: 5_000,
    deployTimeoutMs: 5_000,
    buildPollMs: 5,
    log: textLog(),
    ...options,
  });

/** The credentials that the stub accepts. */
export const ownersCredentials = ({ state }: TwilioRestStub, changes: Partial<Credentials> = {}): Credentials => ({
  accountSid: state.account.sid,
  authToken: state.account.authToken,
  phoneNumber: '+12025550100',
  ...changes,
});
