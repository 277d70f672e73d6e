import type { Clock } from '../../common/clock';

const FORGET_MS = 24 * 60 * 60_000;
const MOST_ADDRESSES = 10_000;

/** How many wrong tries are free, and how long the growing pause after each further one may become, in ms. */
interface Allowance {
  free: number;
  longestMs: number;
}

const EACH: Allowance = { free: 5, longestMs: 15 * 60_000 };
/** All addresses together. The longest pause is short, so that a siege from many places does not keep the owner out. */
const ALL: Allowance = { free: 50, longestMs: 10_000 };
const FIRST_PAUSE_MS = 1_000;

interface Count {
  wrong: number;
  notBefore: number;
  at: number;
}

/** Makes guessing slow, for each address and for all together, and never for good. */
export interface Throttle {
  /**
   * Asks leave for one try, which counts as wrong until `right` is called: tries at the same moment are counted as
   * well. Gives the ms to wait, or 0. A try that was refused is not counted, so waiting always ends.
   */
  begin(address: string): number;
  /** The last try was right: the address starts afresh, and what strangers do elsewhere no longer slows it. */
  right(address: string): void;
}

/** Counts in memory. `each` and `all` replace the allowances; `all: false` counts each address alone. */
export function createThrottle(
  clock: Clock,
  { each = EACH, all = ALL }: { each?: Allowance; all?: Allowance | false } = {},
): Throttle {
  const counts = new Map<string, Count>();
  const trusted = new Set<string>();
  let together = fresh(clock);
  const waitFor = (count: Count | undefined) => Math.max(0, (count?.notBefore ?? 0) - clock.now());
  const counted = (address: string) => {
    const count = counts.get(address);
    return count && clock.now() - count.at < FORGET_MS ? count : undefined;
  };
  return {
    begin(address) {
      const minded = all && !trusted.has(address) && !isHere(address) ? all : undefined;
      const wait = Math.max(waitFor(counted(address)), minded ? waitFor(together) : 0);
      if (wait > 0) return wait;
      keep(counts, address, afterWrong(counted(address), each, clock));
      if (minded) together = afterWrong(clock.now() - together.at < FORGET_MS ? together : undefined, minded, clock);
      return 0;
    },
    right(address) {
      counts.delete(address);
      if (trusted.size < MOST_ADDRESSES) trusted.add(address);
      together = { ...together, wrong: Math.max(0, together.wrong - 1) };
    },
  };
}

/** Whoever sits at this machine gets in however many besiege it from elsewhere. */
const isHere = (address: string) => /^127\.|^::1$/.test(address);

const fresh = (clock: Clock): Count => ({ wrong: 0, notBefore: 0, at: clock.now() });

function afterWrong(count: Count | undefined, { free, longestMs }: Allowance, clock: Clock): Count {
  const wrong = (count?.wrong ?? 0) + 1;
  const pause = wrong <= free ? 0 : Math.min(longestMs, FIRST_PAUSE_MS * 2 ** (wrong - free - 1));
  return { wrong, notBefore: clock.now() + pause, at: clock.now() };
}

/** The address that was quiet longest goes first when there are too many. */
function keep(counts: Map<string, Count>, address: string, count: Count): void {
  counts.delete(address);
  counts.set(address, count);
  const oldest = counts.keys().next();
  if (counts.size > MOST_ADDRESSES && !oldest.done) counts.delete(oldest.value);
}
