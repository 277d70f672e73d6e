import type { AccountFacts } from '../telephony/account-facts';
import type { Failure } from '../telephony/failure';
import type { NumberState, WantedNumber } from '../telephony/number-state';
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

/** The number of these settings. */
export function createNumberDesk({ config }: Surroundings, settings: Settings, telephony: Telephony) {
  const remembered = () => fallbackIn(settings);
  const remember = (fallback: OutsideFallback | undefined) => rememberFallback(settings, fallback);
  const wanted = (): WantedNumber | undefined => wantedAt(settings.publicBaseUrl()?.value, remembered());

  async function today(): Promise<NumberToday | undefined> {
    const [credentials, target] = [settings.twilio(), wanted()];
    if (!credentials || !target) return undefined;
    const [number, account] = await Promise.all([
      telephony.numberState(credentials, target),
      telephony.accountFacts(credentials),
    ]);
    return { number, account, fallback: remembered() };
  }

  async function point(): Promise<Pointed> {
    const [credentials, address] = [settings.twilio(), settings.publicBaseUrl()?.value];
    if (!credentials || !address) return notReady;
    const deployed = await telephony.deployFallback(credentials, spokenOf(settings.profile(), config));
    if (deployed.ok) await remember(fallbackOf(deployed, remembered()));
    const fallback = remembered();
    const pointed = await telephony.pointNumber(credentials, wantedAt(address, fallback) as WantedNumber);
    if (!pointed.ok) return pointed;
    const problem = deployed.ok ? {} : { fallbackProblem: `${deployed.error} ${deployed.remedy}` };
    return { ok: true, changed: pointed.changed, fallback, ...problem };
  }

  async function keepBin(url: string): Promise<Pointed> {
    const [credentials, target] = [settings.twilio(), wanted()];
    if (!credentials || !target) return notReady;
    const fallback: OutsideFallback = { refusals: [], ...remembered(), way: 'twiml-bin', url };
    const pointed = await telephony.pointNumber(credentials, { ...target, fallbackUrl: url });
    if (!pointed.ok) return pointed;
    await remember(fallback);
    return { ok: true, changed: pointed.changed, fallback };
  }

  /** Takes the fallback off the number first, so that Twilio is never pointed at something that is gone. */
  async function disconnect(): Promise<Removed | Failure> {
    const credentials = settings.twilio();
    if (!credentials || !remembered()) return { ok: true, removed: [], notRemoved: [] };
    const target = wanted();
    if (target) {
      const pointed = await telephony.pointNumber(credentials, { ...target, fallbackUrl: '' });
      if (!pointed.ok && pointed.code !== 'number_bound') return pointed;
    }
    const removed = await telephony.removeFallback(credentials);
    if (removed.ok) await remember(undefined);
    return removed;
  }

  return { today, point, keepBin, disconnect };
}

/** Brings the fallback up to date when the profile has changed. Ends with the process. */
export function followProfile({ config, log }: Surroundings, settings: Settings, telephony: Telephony): void {
  let timer: NodeJS.Timeout | undefined;
  const follow = async () => {
    const [credentials, before] = [settings.twilio(), fallbackIn(settings)];
    if (!credentials || !before) return;
    const deployed = await telephony.deployFallback(credentials, spokenOf(settings.profile(), config));
    if (!deployed.ok) log.warn('fallback_behind', { data: { code: deployed.code } });
    const after = deployed.ok ? followed(fallbackOf(deployed, before), before) : { ...before, behind: deployed.error };
    await rememberFallback(settings, after);
  };
  settings.onChange((changed) => {
    if (changed !== 'profile' || !fallbackIn(settings)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void follow().catch(() => log.warn('fallback_behind')), QUIET_MS).unref();
  });
}

const notReady = {
  ok: false,
  status: 400,
  code: 'not_ready',
  error: 'The Twilio credentials or the public address are missing.',
  remedy: 'Enter both on the credentials page first.',
} as const;
