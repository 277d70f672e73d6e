import type { Cost } from '../../../common/figures';

/** "$12.30", below a dollar finer: "$0.0126". */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.0001) return 'under $0.0001';
  return `$${usd.toFixed(usd === 0 || usd >= 1 ? 2 : 4)}`;
}

/** "1,000,000 tokens". */
export const amountWords = (amount: number | undefined, unit: string): string =>
  amount === undefined ? 'Not known' : `${amount.toLocaleString('en')} ${unit}${amount === 1 ? '' : 's'}`;

/** The sum, or what is known of it. */
export const totalWords = ({ total, known, lines }: Cost): string => {
  if (total !== undefined) return dollars(total);
  return lines.some(({ usd }) => usd !== undefined) ? `${dollars(known)} and what is missing` : 'Not known';
};

/** What keeps a sum from being whole, as a sentence. */
export const missingWords = ({ missing }: Cost): string => `Missing: ${missing.join('; ')}.`;
