import { performance } from 'node:perf_hooks';
import type { Call } from './call';
import { statusFields } from './form';
import { postCallback, usualFields } from './webhook';

/** Twilio's warning about an answer to a status callback. */
const BAD_CALLBACK = 15003;

/**
 * Tells the app how the call ended (`completed`, `busy` or `no-answer`), as Twilio does after every call. `startedAt` is
 * in ms of performance.now. Anything but 200 or 204 is noted as a problem.
 */
export async function sendStatus(call: Call, status: string, startedAt: number): Promise<void> {
  const address = call.addresses.at('/api/voice/status');
  const spentMs = performance.now() - startedAt + call.pace.pretendedMs();
  const seconds = status === 'completed' ? Math.max(1, Math.round(spentMs / 1000)) : 0;
  const fields = { ...usualFields(call, status), ...statusFields(seconds, new Date()) };
  // Sent also when the call was given up: the app must learn of its end.
  const afterTheCall = { ...call, signal: new AbortController().signal };
  const problem = await postCallback(afterTheCall, address, { method: 'POST', fields });
  if (problem === undefined) return;
  const message = `The status callback failed: ${problem}`;
  call.journal.tell({ kind: 'problem', problem: { code: BAD_CALLBACK, message, url: address.posted } });
}
