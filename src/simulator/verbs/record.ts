import { randomBytes } from 'node:crypto';
import type { Next, VerbAtWork } from '../call';
import { postCallback, usualFields } from '../webhook';
import { actionOf } from './action';

/** Records what the line's caller leaves, and posts it. Nothing recorded: the next verb, as Twilio does. */
export async function runRecord(atWork: VerbAtWork): Promise<Next> {
  const { call, verb } = atWork;
  const { seconds, endedBy = '' } = call.line.recording ?? { seconds: 7 };
  await call.pace.wait(seconds * 1000);
  if (seconds === 0) return undefined;
  const sid = `RE${randomBytes(16).toString('hex')}`;
  const { AccountSid: account = '' } = usualFields(call, 'in-progress');
  const recording = {
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${account}/Recordings/${sid}`,
    RecordingSid: sid,
    RecordingDuration: String(seconds),
  };
  await sendRecordingStatus(atWork, { ...recording, AccountSid: account });
  const next = actionOf(atWork, { ...recording, Digits: endedBy });
  if (endedBy !== 'hangup' || verb.attributes['action'] !== undefined) return next;
  return { end: 'caller' };
}

async function sendRecordingStatus(
  { call, verb, document }: VerbAtWork,
  recording: Readonly<Record<string, string>>,
): Promise<void> {
  const callback = verb.attributes['recordingStatusCallback'];
  if (callback === undefined || callback === '') return;
  const address = call.addresses.follow(callback, document.address);
  const method = verb.attributes['recordingStatusCallbackMethod'] === 'GET' ? 'GET' : 'POST';
  const status = { RecordingStatus: 'completed', RecordingChannels: '1', RecordingSource: 'RecordVerb' };
  const fields = { ...recording, ...status, CallSid: call.callSid };
  const problem = await postCallback(call, address, { method, fields });
  if (problem === undefined) return;
  call.journal.tell({ kind: 'warning', warning: `The recording's status callback failed: ${problem}` });
}
