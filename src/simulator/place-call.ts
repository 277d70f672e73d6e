import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { addressBookOf } from './address';
import type { Call, Next, TwimlDocument, WebhookRequest } from './call';
import { startJournal } from './call-report';
import type { CallReport, EndedBy } from './call-report';
import type { CallerScript } from './caller';
import { paceOf } from './pace';
import { limitsOf } from './phone-line';
import type { PhoneLine } from './phone-line';
import { FatalProblem } from './problems';
import { sendStatus } from './status-callback';
import { runVerb } from './verbs/run-verb';
import { fetchDocument } from './webhook';

/** How a call ended. */
type End = { by: EndedBy; rejected?: 'busy' | 'no-answer' };

/**
 * Places one call the way Twilio does and sees it through: posts `/api/voice/incoming`, plays the TwiML it gets, asks
 * the caller at every Gather, and posts `/api/voice/status` at the end. Resolves to the report, whatever went wrong on
 * the line; rejects only when the caller script itself fails.
 */
export async function placeCall(line: PhoneLine, caller: CallerScript): Promise<CallReport> {
  const startedAt = performance.now();
  const call = openCall(line, caller);
  const end = await converse(call);
  call.journal.tell({ kind: 'ended', by: end.by, busy: end.rejected === 'busy' });
  // Where nobody answered, there is nobody to tell.
  if (call.journal.report.documents.length > 0) await sendStatus(call, end.rejected ?? 'completed', startedAt);
  return call.journal.report;
}

function openCall(line: PhoneLine, caller: CallerScript): Call {
  const callSid = line.callSid ?? `CA${randomBytes(16).toString('hex')}`;
  const signal = line.signal ?? new AbortController().signal;
  return {
    line,
    callSid,
    caller,
    signal,
    givenUp: rejectWhenAborted(signal),
    addresses: addressBookOf(line),
    journal: startJournal(callSid, line.onEvent),
    pace: paceOf(line.pace ?? 'instant', signal),
    limits: limitsOf(line),
    turn: { number: 0, startedAt: 0 },
    heardUntil: 0,
  };
}

async function converse(call: Call): Promise<End> {
  try {
    let next: Next = { fetch: incoming(call) };
    while (next !== undefined && 'fetch' in next) next = await runDocument(call, await fetchDocument(call, next.fetch));
    if (next === undefined) return { by: 'server' };
    return { by: next.end, ...(next.rejected === undefined ? {} : { rejected: next.rejected }) };
  } catch (error) {
    if (call.signal.aborted) return { by: 'caller' };
    if (!(error instanceof FatalProblem)) throw error;
    call.journal.tell({ kind: 'problem', problem: error.problem });
    return { by: 'problem' };
  }
}

function incoming(call: Call): WebhookRequest {
  return { address: call.addresses.at('/api/voice/incoming'), method: 'POST', fields: {}, beginsTurn: true };
}

async function runDocument(call: Call, document: TwimlDocument): Promise<Next> {
  for (const verb of document.verbs) {
    const next = await runVerb({ call, verb, document });
    if (next !== undefined) return next;
  }
  return undefined;
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  const givenUp = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Error('The call was given up'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  givenUp.catch(() => undefined);
  return givenUp;
}
