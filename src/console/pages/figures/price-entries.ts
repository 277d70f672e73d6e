import { LIST_PRICES, pricedThing, priceKey, type PricedThing, type Prices } from '../../../common/prices';
import type { Usage } from '../../../common/usage';

/** A price that can be entered. */
export interface PriceRow extends PricedThing {
  key: string;
  usd: number | undefined;
  list: number | undefined;
}

/** Every price there is, and those that are missing for something a call has used. */
export function priceRows(prices: Prices, used: readonly Pick<Usage, 'kind' | 'name'>[]): PriceRow[] {
  const keys = new Set([...Object.keys(LIST_PRICES), ...Object.keys(prices), ...used.map(priceKey)]);
  return [...keys].flatMap((key) => {
    const thing = pricedThing(key);
    return thing ? [{ key, ...thing, usd: prices[key], list: LIST_PRICES[key] }] : [];
  });
}

/** What was entered for prices: by key, and null where it is to be forgotten; or what is wrong with one of them. */
export type PriceEntry =
  { ok: true; changed: Record<string, number | null> } | { ok: false; field: string; problem: string };

/** More would be a slip of the finger. */
const MOST_USD = 10_000;

/** Reads prices as a form sends them, where empty is not known, or as a script does: numbers and null. */
export function pricesIn(entered: Readonly<Record<string, unknown>>): PriceEntry {
  const changed: Record<string, number | null> = {};
  for (const [key, value] of Object.entries(entered)) {
    const thing = pricedThing(key);
    if (!thing) return { ok: false, field: key, problem: 'is not the price of anything' };
    const usd = typeof value === 'string' ? numberIn(value.trim()) : value;
    if (usd !== null && !(typeof usd === 'number' && usd >= 0 && usd <= MOST_USD))
      return { ok: false, field: key, problem: `must be US dollars like 0.0085, ${MOST_USD} at most, or empty` };
    changed[key] = usd;
  }
  return { ok: true, changed };
}

const numberIn = (text: string): number | null => {
  if (text === '') return null;
  return /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
};
