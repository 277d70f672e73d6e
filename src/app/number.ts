import type { AccountFacts } from '../telephony/account-facts';
import type { Log } from '../common/log';
import { createTurns } from '../common/turns';
import type { Credentials } from '../telephony/credentials';
import type { Failure } from '../telephony/failure';
import type { SpokenFallback } from '../telephony/fallback/spoken';
import type { NumberState } from '../telephony/number-state';
import type { Telephony } from '../telephony/telephony';
import type { Settings } from '../settings/settings';
import {
  fallbackIn,
  fallbackOf,
  followed,
  rememberFallback,
  spokenOf,
  wantedAt,
  type OutsideFallback,
} from './outside-fallback';
import { takeOff } from './number-take-off';
import { LOOKED_AT } from './recordings';
import type { Surroundings } from './surroundings';

/** Of a profile that is being edited, the last version is deployed. */
const QUIET_MS = 2_000;

/** What the number page shows. */
export interface NumberToday {
  number: NumberState | Failure;
  account: AccountFacts | Failure;
  fallback: OutsideFallback | undefined;
}

/** How one click went: the number, and what answers while Frontdesk is down. */
export type Pointed =
  | { ok: true; changed: boolean; fallback: OutsideFallback | undefined; fallbackProblem?: string }
  | Failure
  | { ok: false; status: 400; code: 'not_ready'; error: string; remedy: string };

/** What was deleted at Twilio, and what Twilio would not delete, as sentences. */
export interface Removed {
  ok: true;
  removed: string[];
  notRemoved: string[];
}

/** The number of these settings. What changes something at Twilio is done one at a time. */
export function createNumberDesk({ config, log, clock }: Surroundings, settings: Settings, telephony: Telephony) {
  const desk = { settings, telephony, spoken: () => spokenOf(settings.profile(), config), now: () => clock.now() };
  // A disconnection between two steps of a deployment would leave at Twilio what nobody remembers.
  const inTurn = createTurns();
  return {
    today: () => today(desk),
    point: () => inTurn(() => point(desk)),
    keepBin: (url: string) => inTurn(() => keepBin(desk, url)),
    disconnect: () => inTurn(() => disconnect(desk)),
    follow: () => inTurn(() => follow(desk, log)),
  };
}

interface Desk {
  settings: Settings;
  telephony: Telephony;
  /** What callers are to hear while Frontdesk is down. */
  spoken: () => SpokenFallback;
  /** In ms since 1970. */
  now: () => number;
}

/** Whose number, and where its calls are to go; undefined while one of both is missing. */
function aimOf({ settings }: Desk) {
  const credentials = settings.twilio();
  const target = wantedAt(settings.publicBaseUrl()?.value, fallbackIn(settings));
  return credentials && target && { credentials, target };
}

const remember = ({ settings }: Desk, { accountSid }: Credentials, fallback: OutsideFallback | undefined) =>
  rememberFallback(settings, { accountSid, fallback });

async function today(desk: Desk): Promise<NumberToday | undefined> {
  const aim = aimOf(desk);
  if (!aim) return undefined;
  const [number, account] = await Promise.all([
    desk.telephony.numberState(aim.credentials, aim.target),
    desk.telephony.accountFacts(aim.credentials),
  ]);
  return { number, account, fallback: fallbackIn(desk.settings) };
}

/** A number that cannot be pointed is told before anything is made: a deployment takes up to 90 s. */
async function point(desk: Desk): Promise<Pointed> {
  const { settings, telephony } = desk;
  const aim = aimOf(desk);
  if (!aim) return notReady;
  const before = await telephony.numberState(aim.credentials, aim.target);
  if (!before.ok) return before;
  if (before.boundTo) return pointAt(desk, aim);
  const deployed = await telephony.deployFallback(aim.credentials, desk.spoken());
  if (deployed.ok) await remember(desk, aim.credentials, fallbackOf(deployed, fallbackIn(settings)));
  const pointed = await pointAt(desk, aimOf(desk) ?? aim);
  if (!pointed.ok || deployed.ok) return pointed;
  return { ...pointed, fallbackProblem: `${deployed.error} ${deployed.remedy}` };
}

type Aim = NonNullable<ReturnType<typeof aimOf>>;

async function pointAt({ settings, telephony, now }: Desk, { credentials, target }: Aim): Promise<Pointed> {
  const pointed = await telephony.pointNumber(credentials, target);
  if (pointed.ok && settings.state(LOOKED_AT) === undefined) await settings.setState(LOOKED_AT, now());
  return pointed.ok ? { ok: true, changed: pointed.changed, fallback: fallbackIn(settings) } : pointed;
}

async function keepBin(desk: Desk, url: string): Promise<Pointed> {
  const aim = aimOf(desk);
  if (!aim) return notReady;
  const fallback: OutsideFallback = { refusals: [], ...fallbackIn(desk.settings), way: 'twiml-bin', url };
  const pointed = await pointAt(desk, { ...aim, target: { ...aim.target, fallbackUrl: url } });
  if (!pointed.ok) return pointed;
  await remember(desk, aim.credentials, fallback);
  return { ...pointed, fallback };
}

/** Takes the fallback off the number first, so that Twilio is never pointed at something that is gone. */
async function disconnect(desk: Desk): Promise<Removed | Failure> {
  const { settings, telephony } = desk;
  const [credentials, fallback] = [settings.twilio(), fallbackIn(settings)];
  if (!credentials || !fallback) return { ok: true, removed: [], notRemoved: [] };
  const trouble = await takeOff(telephony, credentials, fallback.url);
  if (trouble) return trouble;
  const removed = await telephony.removeFallback(credentials);
  if (!removed.ok) return removed;
  await remember(desk, credentials, undefined);
  const pasted = fallback.way === 'twiml-bin' && fallback.url !== undefined;
  return pasted ? { ...removed, notRemoved: [...removed.notRemoved, BIN_STAYS] } : removed;
}

const BIN_STAYS = 'The TwiML Bin: you made it, and only you can delete it, in the Twilio Console under TwiML Bins.';

/** Brings the fallback up to date with the profile; what hinders it is kept for the page. */
async function follow(desk: Desk, log: Log): Promise<void> {
  const [credentials, before] = [desk.settings.twilio(), fallbackIn(desk.settings)];
  if (!credentials || !before) return;
  const deployed = await desk.telephony.deployFallback(credentials, desk.spoken());
  if (!deployed.ok) log.warn('fallback_behind', { data: { code: deployed.code } });
  const after = deployed.ok ? followed(fallbackOf(deployed, before), before) : { ...before, behind: deployed.error };
  await remember(desk, credentials, after);
}

/**
 * Brings the fallback up to date when the profile has changed. That it is behind is kept until then, so that a stop in
 * between is made up for at the next start. Ends with the process.
 */
export function followProfile({ log }: Surroundings, settings: Settings, follow: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  const followSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void follow().catch(() => log.warn('fallback_behind')), QUIET_MS).unref();
  };
  settings.onChange((changed) => {
    const [fallback, accountSid] = [fallbackIn(settings), settings.twilio()?.accountSid];
    if (changed !== 'profile' || !fallback || accountSid === undefined) return;
    followSoon();
    void rememberFallback(settings, { accountSid, fallback: { ...fallback, behind: CHANGED } }).catch(() => undefined);
  });
  if (fallbackIn(settings)?.behind !== undefined) followSoon();
}

const CHANGED = 'The profile has changed since, and is on its way.';

const notReady = {
  ok: false,
  status: 400,
  code: 'not_ready',
  error: 'The Twilio credentials or the public address are missing.',
  remedy: 'Enter both on the credentials page first.',
} as const;
