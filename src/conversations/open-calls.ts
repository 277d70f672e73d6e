import type { Clock } from '../common/clock';
import type { Call } from './call';

/** Twilio's own limit for a bridged conversation, in ms (twilio.com/docs/voice/twiml/dial). */
const LONGEST_BRIDGE_MS = 4 * 60 * 60_000;

/** Two people talk, and no webhook comes until they have done. */
const isBridged = ({ transfer, touchedAt }: Call, now: number) =>
  transfer?.accepted === true && !transfer.over && now - touchedAt < LONGEST_BRIDGE_MS;

/** The calls that are open now, in the order of their last webhook. Bounded by whoever asks `count` before `add`. */
export interface OpenCalls {
  /** The call, marked as used now. */
  find(callSid: string): Call | undefined;
  add(call: Call): void;
  /** Ends a call and frees its memory. Resolves when whatever `closed` began is done; undefined without such a call. */
  close(callSid: string): Promise<void> | undefined;
  /** Closes every call. Resolves when whatever `closed` began is done. */
  closeAll(): Promise<void>;
  /** Whether a call is being put through to this number and nobody has taken it yet. */
  isRinging(number: string): boolean;
  /** How many are active: those whose last webhook came within the idle time. The others are closed first. */
  count(): number;
}

/**
 * An empty set of calls. A call without a webhook for `idleMs` is over, since a status callback may never come.
 * `closed` is told of every call that ends, however it does, and whether that is because the process stops.
 */
export function createOpenCalls(
  clock: Clock,
  idleMs: number,
  closed: (call: Call, stopping: boolean) => Promise<void> = () => Promise.resolve(),
): OpenCalls {
  const calls = new Map<string, Call>();
  const remove = (call: Call, stopping = false) => {
    call.turn?.controller.abort(new Error('the call is over'));
    call.ahead?.end();
    calls.delete(call.callSid);
    return closed(call, stopping);
  };
  const closeIdle = () => {
    for (const call of calls.values()) {
      if (clock.now() - call.touchedAt < idleMs) return;
      if (!isBridged(call, clock.now())) void remove(call);
    }
  };
  return {
    find(callSid) {
      const call = calls.get(callSid);
      if (!call) return undefined;
      call.touchedAt = clock.now();
      calls.delete(callSid);
      calls.set(callSid, call);
      return call;
    },
    add: (call) => void calls.set(call.callSid, call),
    close(callSid) {
      const call = calls.get(callSid);
      return call && remove(call);
    },
    async closeAll() {
      await Promise.all([...calls.values()].map((call) => remove(call, true)));
    },
    isRinging: (number) =>
      [...calls.values()].some(
        ({ profile, transfer }) =>
          transfer && !transfer.accepted && !transfer.over && profile.transfer?.number === number,
      ),
    count() {
      closeIdle();
      return calls.size;
    },
  };
}
