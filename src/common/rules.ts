import { z } from 'zod';
import { E164 } from './e164';

const count = (least: number, most: number) =>
  z
    .int('must be a whole number')
    .min(least, `must be at least ${least}`)
    .max(most, { error: () => `must be at most ${most.toLocaleString('en')}` }); // which takes long to do first
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must look like "21:00"');
const number = z.string().regex(E164, 'must be numbers in E.164 form, like +12025550143');
/** Kept for so many days; null is for ever. */
const days = count(1, 36_500).nullable();

const limits = z.strictObject({
  callMinutes: count(1, 240).default(20),
  turns: count(5, 1_000).default(80),
  /** Turns in a row that led nowhere: nothing understood, nothing asked. */
  unproductiveTurns: count(3, 100).default(8),
  tokensPerCall: count(1_000, 10_000_000).default(200_000),
  callsPerCallerPerDay: count(1, 10_000).default(30),
  callsPerDay: count(1, 1_000_000).default(2_000),
  /** US dollars; null is no limit. */
  spendPerDay: z
    .number()
    .positive('must be more than nothing')
    .max(100_000, 'must be at most 100,000')
    .nullable()
    .default(null),
});

const outbound = z.strictObject({
  /** Two capital letters each; empty: the own number's country. */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be countries as two capital letters, like US'))
    .max(250)
    .default([]),
  quietFrom: timeOfDay.default('20:00'),
  quietUntil: timeOfDay.default('09:00'),
  callsPerDay: count(0, 10_000).default(20),
  detectMachines: z.boolean().default(false),
});

const privacy = z.strictObject({
  /** Said before the greeting, where the law asks for it. */
  consent: z.string().trim().min(1).max(300, 'must be 300 characters at most').optional(),
  transcriptDays: days.default(365),
  audioDays: days.default(90),
  numberDays: days.default(365),
  /** Recordings are removed at Twilio once they are kept here. */
  removeRecordings: z.boolean().default(true),
});

/** How far Frontdesk goes, whom it answers, whom it calls, and how long it remembers. */
export const rulesSchema = z.strictObject({
  limits: limits.default(() => limits.parse({})),
  blocked: z.array(number).max(1_000, 'must be 1,000 numbers at most').default([]),
  outbound: outbound.default(() => outbound.parse({})),
  privacy: privacy.default(() => privacy.parse({})),
});

export type Rules = z.infer<typeof rulesSchema>;

/** A limit by its name in the rules. */
export type Limit = keyof Rules['limits'];
/** Those a call reaches by itself; the others are reached by all calls of a day. */
export type CallLimits = Pick<Rules['limits'], 'callMinutes' | 'turns' | 'unproductiveTurns' | 'tokensPerCall'>;
