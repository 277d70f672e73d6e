import { UpstreamError, type UpstreamReason } from '../../src/common/errors';
import { profileSchema } from '../../src/common/profile';
import type { CallContext, Decision, Reply, ReplyPiece } from '../../src/conversations/ports';

/** A call that asks when the business is open. */
export const CALL: CallContext = {
  callSid: 'CA1',
  from: '+12025550143',
  profile: profileSchema.parse({ businessName: 'Harbour Bikes' }),
  messages: [
    { role: 'system', content: 'You answer the telephone.' },
    { role: 'user', content: 'When are you open?' },
  ],
};

/** What a model does: wait some ms, yield words or a decision, or fail. */
export type Act = number | string | Decision | Error;

/** A model that plays its acts once for every call, then ends; with Infinity it stays silent until it is aborted. */
export function model(...acts: Act[]): Reply & { calls: AbortSignal[] } {
  const calls: AbortSignal[] = [];
  async function* reply(_: CallContext, signal: AbortSignal): AsyncGenerator<ReplyPiece> {
    calls.push(signal);
    for (const act of acts) {
      if (typeof act === 'number') await silence(act, signal);
      else if (act instanceof Error) throw act;
      else yield typeof act === 'string' ? { kind: 'words', text: act } : { kind: 'decision', decision: act };
    }
  }
  return Object.assign(reply, { calls });
}

function silence(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (Number.isFinite(ms)) setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

/** A failure of a model. */
export const failure = (reason: UpstreamReason) => new UpstreamError('model', reason);
