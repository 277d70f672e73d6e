import type { Cost } from '../../../common/figures';

/** "$12.30", and below a dollar as fine as it takes: "$0.0126". */
export const dollars = (usd: number): string =>
  usd === 0 || usd >= 1 ? `$${usd.toFixed(2)}` : `$${usd < 0.0001 ? '0.0001' : usd.toFixed(4)}`;

/** The sum, or what is known of it. */
export const totalWords = ({ total, known, lines }: Cost): string => {
  if (total !== undefined) return dollars(total);
  return lines.some(({ usd }) => usd !== undefined) ? `${dollars(known)} and what is missing` : 'Not known';
};

/** What keeps a sum from being whole, as a sentence. */
export const missingWords = ({ missing }: Cost): string => `Missing: ${missing.join('; ')}.`;
