import type { WrittenCall } from '../common/call-record';
import type { Cost, CostLine } from '../common/figures';
import { pricedThing, priceKey, type Prices } from '../common/prices';
import type { Usage } from '../common/usage';

/** Minutes on the line, by the key of their price. `unknown`: how many calls have no length. */
interface Minutes {
  key: string;
  minutes: number;
  unknown: number;
}

/** What one call cost. */
export function costOfCall(call: WrittenCall, prices: Prices): Cost {
  const { direction, durationS, outcome, transfer, transferS, usage } = call;
  const neverAnswered = outcome === 'missed' || outcome === 'failed';
  const minutes = [
    minutesOf(lineKey(direction), durationS ?? (neverAnswered ? 0 : undefined)),
    minutesOf('twilio/transfer', transferS ?? (transfer === 'accepted' ? undefined : 0)),
  ];
  return costOf({ minutes, usage }, prices);
}

/** The key of the price of a minute. */
export const lineKey = (direction: string) => (direction === 'outbound' ? 'twilio/outbound' : 'twilio/inbound');

/** Twilio bills every minute that was begun. */
const minutesOf = (key: string, seconds: number | undefined): Minutes => ({
  key,
  minutes: Math.ceil((seconds ?? 0) / 60),
  unknown: seconds === undefined ? 1 : 0,
});

/** What minutes and things used cost, a line each. */
export function costOf(
  { minutes, usage }: { minutes: readonly Minutes[]; usage: readonly Usage[] },
  prices: Prices,
): Cost {
  const amounts = new Map<string, number>();
  const add = (key: string, amount: number) => void amounts.set(key, (amounts.get(key) ?? 0) + amount);
  for (const each of minutes) add(each.key, each.minutes);
  for (const each of usage) add(priceKey(each), each.amount);
  const unknown = minutes.filter((each) => each.unknown > 0);
  const lines = [...amounts].filter(([, amount]) => amount > 0).map(([key, amount]) => costLine(key, amount, prices));
  const missing = [
    ...unknown.map(
      (each) => `the length of ${each.unknown === 1 ? 'a call' : `${each.unknown} calls`} (${nameOf(each.key)})`,
    ),
    ...lines.filter(({ usd }) => usd === undefined).map(({ what }) => `the price of: ${what}`),
  ];
  const known = rounded(lines.reduce((sum, { usd = 0 }) => sum + usd, 0));
  return { total: missing.length > 0 ? undefined : known, known, lines, missing };
}

function costLine(key: string, amount: number, prices: Prices): CostLine {
  const { what, unit, size } = pricedThing(key) ?? { what: key, unit: 'unit', size: 1 };
  const price = Object.hasOwn(prices, key) ? prices[key] : undefined;
  return { what, amount, unit, price, size, usd: price === undefined ? undefined : rounded((amount / size) * price) };
}

const nameOf = (key: string) => pricedThing(key)?.what ?? key;

/** To a millionth of a dollar: what is left behind by binary fractions is nobody's money. */
const rounded = (usd: number) => Math.round(usd * 1e6) / 1e6;
