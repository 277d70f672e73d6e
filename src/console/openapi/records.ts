import { z } from 'zod';
import { OUTCOMES } from '../../common/call-record';
import { rulesSchema } from '../../common/rules';
import { FIELD_STATES } from '../../common/told-fields';
import { time, usd } from './operation';

const text = z.string().nullable();
const count = z.int().min(0);

/** What a call or the calls of a month cost. */
export const cost = z.strictObject({
  currency: z.literal('USD'),
  total: usd,
  known: z.number(),
  missing: z.array(z.string()),
  lines: z.array(
    z.strictObject({
      ...{ what: z.string(), amount: z.number(), unit: z.string() },
      ...{ price: usd, price_for: z.number(), cost: usd },
    }),
  ),
});

/** A value that was told, with the caller's own words for it. */
const field = z.strictObject({
  name: z.string(),
  state: z.enum(FIELD_STATES),
  ...{ value: text, quote: text, turn: count.nullable(), source: text },
});

/** A message in the inbox. */
export const message = z.strictObject({
  ...{ id: z.string(), call_sid: z.string(), from: text, name: text, number: text, reason: text },
  answers: z.array(z.strictObject({ question: z.string(), answer: z.string() })),
  partial: z.boolean(),
  voicemail: z.strictObject({ sid: z.string(), seconds: count, url: text }).nullable(),
  ...{ test: z.boolean(), taken_at: time, state: z.enum(['new', 'done']), done_at: time.nullable() },
  evidence: z.array(field),
});

const rulesLimits = rulesSchema.shape.limits.unwrap();

/** A call in a list. */
export const listedCall = z.strictObject({
  ...{ sid: z.string(), direction: z.string(), from: text, to: text, test: z.boolean() },
  ...{ started_at: time, ended_at: time.nullable(), duration_seconds: count.nullable(), status: z.string() },
  outcome: z.enum(OUTCOMES).nullable().describe('null while the call goes on'),
  limited: rulesLimits.keyof().nullable().describe('the limit of the rules that it reached'),
  answered_by: z.enum(['person', 'machine']).nullable().describe('who took a call of ours, if Twilio could tell'),
  ...{ turns: count, first_words: text },
});

const turn = z.strictObject({
  ...{ turn: count, at: time, caller: text, digits: text, confidence: z.number().nullable() },
  ...{ reply: z.string(), heard: text, rung: text, voice: text },
  ...{ first_words_ms: count.nullable(), first_clip_ms: count.nullable(), first_audio_ms: count.nullable() },
  whole_reply_ms: count.nullable().describe('null where the caller hung up or went on before its end'),
  ...{ split: z.boolean(), unanswered: z.boolean() },
  lead_ms: count.nullable().describe('how long before the caller had finished the reply was begun'),
});

/** Everything the book has of a call. */
export const wholeCall = listedCall.extend({
  answered_at: time.nullable(),
  refused: z.enum(['loop', 'blocked']).nullable().describe('why it was met with the busy tone'),
  transfer: text,
  tokens: z.strictObject({ prompt: count, completion: count }),
  spoken_characters: count,
  transfer_seconds: count.nullable(),
  cost: cost.extend({ would_have_cost: z.boolean().describe('true of test calls') }),
  transcript: z.array(turn),
  understanding: z
    .strictObject({ summary: text, reason: text, reason_quote: text, urgency: text, urgency_quote: text })
    .nullable(),
  fields: z.array(field),
  messages: z.array(message),
  statuses: z.array(z.strictObject({ status: z.string(), at: time })),
});

/** The figures of the home page. */
export const statistics = z.strictObject({
  ...{ time_zone: z.string(), since: z.iso.date(), until: z.iso.date() },
  ...{ tests: z.boolean(), calls: count, test_calls_left_out: count },
  by_hour: z.array(z.strictObject({ hour: count, calls: count })),
  by_day: z.array(z.strictObject({ day: z.iso.date(), calls: count })),
  outgoing: count.describe('calls that Frontdesk placed; outcomes are those of the others'),
  outcomes: z.strictObject(Object.fromEntries([...OUTCOMES, 'going_on'].map((name) => [name, count]))),
  first_audio: z.array(z.strictObject({ day: z.iso.date(), turns: count, median_ms: count, p95_ms: count })),
  month: z.strictObject({ month: z.string(), calls: count, cost }),
});
