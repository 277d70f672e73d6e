import type { Failure } from '../failure';
import { failureOf } from '../refusal';
import type { Session } from '../session';
import { deployFunction, readFunction, removeFunction } from './function-service';
import type { SpokenFallback } from './spoken';
import { deployFlow, readFlow, removeFlow } from './studio-flow';
import { openingTwiml } from './twiml';

/** What answers while Frontdesk is down, and why it is not something better: `refusals` are sentences. */
export type DeployedFallback = { ok: true; refusals: string[] } & (
  | { way: 'function' | 'studio'; url: string; changed: boolean }
  /** The text of a TwiML Bin, for the owner to paste in the Twilio Console; its address is then the fallback's. */
  | { way: 'twiml-bin'; twiml: string }
);

/** The fallback as Twilio has it. A TwiML Bin cannot be looked up. */
export type FallbackState = { ok: true } & (
  { way: 'function'; url: string; runtime: string } | { way: 'studio'; url: string } | { way: 'none' }
);

/**
 * Makes or updates the fallback in the best way Twilio permits: a Function, else a Studio flow, else a text to paste.
 * A way is left for the next one when Twilio refuses it, not when Twilio is away.
 */
export async function deploy(
  session: Session,
  spoken: SpokenFallback,
  buildPollMs: number,
): Promise<DeployedFallback | Failure> {
  const byFunction = await unlessRefused(session, () => deployFunction(session, spoken, buildPollMs));
  if (byFunction.ok) return { ...byFunction, way: 'function', refusals: [] };
  if (byFunction.status !== 400) return byFunction;
  const refusals = [`Function: ${byFunction.error}`];
  const byStudio = await unlessRefused(session, async () => ({
    ok: true as const,
    ...(await deployFlow(session, spoken)),
  }));
  if (byStudio.ok) return { ...byStudio, way: 'studio', refusals };
  if (byStudio.status !== 400) return byStudio;
  return {
    ok: true,
    way: 'twiml-bin',
    twiml: openingTwiml(spoken),
    refusals: [...refusals, `Studio: ${byStudio.error}`],
  };
}

/** Which fallback there is. A way that Twilio refuses has none. */
export async function readFallback(session: Session): Promise<FallbackState | Failure> {
  const byFunction = await unlessRefused(session, async () => found(await readFunction(session)));
  if (byFunction.ok && byFunction.found) return { ok: true, way: 'function', ...byFunction.found };
  if (!byFunction.ok && byFunction.status !== 400) return byFunction;
  const byStudio = await unlessRefused(session, async () => found(await readFlow(session)));
  if (byStudio.ok && byStudio.found) return { ok: true, way: 'studio', ...byStudio.found };
  if (!byStudio.ok && byStudio.status !== 400) return byStudio;
  return { ok: true, way: 'none' };
}

/** Deletes what `deploy` made, in either way. `notRemoved` says what Twilio refused to delete or to show, and why. */
export async function removeAll(
  session: Session,
): Promise<{ ok: true; removed: string[]; notRemoved: string[] } | Failure> {
  const removed: string[] = [];
  const notRemoved: string[] = [];
  const ways = [
    { name: 'Function', remove: removeFunction },
    { name: 'Studio flow', remove: removeFlow },
  ];
  for (const { name, remove } of ways) {
    const result = await unlessRefused(session, async () => found(await remove(session)));
    if (!result.ok && result.status !== 400) return result;
    if (!result.ok) notRemoved.push(`${name}: ${result.error}`);
    else if (result.found) removed.push(name);
  }
  return { ok: true, removed, notRemoved };
}

const found = <T>(value: T): { ok: true; found: T } => ({ ok: true, found: value });

async function unlessRefused<T>(session: Session, work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (error) {
    const { credentials } = session;
    return failureOf(error, { credentials, with: credentials.apiKeySid ? 'key' : 'token' });
  }
}
