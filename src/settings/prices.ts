import { z } from 'zod';
import { LIST_PRICES, type Prices } from '../common/prices';
import type { Changes } from './changes';
import type { SmallValues } from './small-values';

const PRICES = 'prices';

/** Prices by key; null is a price that is not known. */
const changedSchema = z.record(z.string(), z.number().nonnegative().nullable());

/** What the owner pays for things. */
export interface OwnersPrices {
  /** The list prices, less what the owner has corrected. */
  prices(): Prices;
  /** Corrects some prices, in US dollars; null forgets one, so that costs say it is missing. */
  savePrices(changed: Readonly<Record<string, number | null>>): Promise<void>;
  /** Brings back the list prices. */
  forgetPrices(): Promise<void>;
}

/** The owner's prices, kept among the small values: only what differs from the list, so that a newer list is used. */
export function createPrices(small: SmallValues, changes: Changes): OwnersPrices {
  const corrected = () => changedSchema.safeParse(small.get(PRICES)).data ?? {};
  const known = ([, price]: [string, number | null]): boolean => price !== null;
  return {
    prices: () => Object.fromEntries(Object.entries({ ...LIST_PRICES, ...corrected() }).filter(known)) as Prices,
    savePrices: (changed) =>
      changes.inTurn(() => {
        const all = Object.entries({ ...corrected(), ...changed });
        return small.set(
          PRICES,
          Object.fromEntries(all.filter(([key, price]) => price !== (LIST_PRICES[key] ?? null))),
        );
      }),
    forgetPrices: () => changes.inTurn(() => small.set(PRICES, undefined)),
  };
}
