import { randomBytes } from 'node:crypto';
import type { Next, VerbAtWork } from '../call';
import { actionOf } from './action';

/** Puts the caller through, with the outcome the line has been told. Without an action, the next verb follows. */
export async function runDial(atWork: VerbAtWork): Promise<Next> {
  const { call, verb } = atWork;
  const { status, seconds = 0 } = call.line.dial ?? { status: 'no-answer' };
  const connected = status === 'completed' || status === 'answered';
  const ringSeconds = status === 'no-answer' ? Number(verb.attributes['timeout'] ?? '30') : 3;
  await call.pace.wait((ringSeconds + seconds) * 1000);
  if (verb.attributes['action'] === undefined) return undefined;
  return actionOf(atWork, {
    DialCallStatus: status,
    DialCallSid: `CA${randomBytes(16).toString('hex')}`,
    ...(connected ? { DialCallDuration: String(seconds) } : {}),
    DialBridged: String(connected),
  });
}
