import { z } from 'zod';
import { done, phoneNumber, refusal, time, type OperationGroup } from './operation';

const fallback = z.strictObject({
  way: z.enum(['function', 'studio', 'twiml-bin']),
  ...{ url: z.string().optional(), twiml: z.string().optional(), behind: z.string().optional() },
  refusals: z.array(z.string()),
});

const trouble = refusal
  .partial({ field: true })
  .extend({ ok: z.literal(false), status: z.int() })
  .omit({ success: true });

const setting = z.strictObject({ name: z.string(), today: z.string(), wanted: z.string(), asWanted: z.boolean() });

const today = z.strictObject({
  phone_number: phoneNumber,
  number: z.strictObject({
    ...{ ok: z.literal(true), settings: z.array(setting), asWanted: z.boolean() },
    boundTo: z
      .strictObject({ kind: z.enum(['application', 'trunk']), sid: z.string(), explanation: z.string() })
      .optional(),
  }),
  account: z.union([
    z.strictObject({
      ...{ ok: z.literal(true), trial: z.boolean(), limits: z.array(z.string()) },
      accountName: z.string().optional(),
      balance: z.strictObject({ amount: z.string(), currency: z.string() }).optional(),
    }),
    trouble,
  ]),
  fallback: fallback.optional(),
});

const pointed = z.strictObject({
  ...{ success: z.literal(true), changed: z.boolean(), fallback: fallback.nullable() },
  warnings: z.array(z.string()).optional(),
});

const link = z.strictObject({
  ...{ name: z.string(), state: z.enum(['works', 'missing', 'wrong', 'unknown']), detail: z.string() },
  ...{ remedy: z.string().optional(), href: z.string().optional() },
});

/** The number, what answers while Frontdesk is down, and whether everything works. */
export const number: OperationGroup = {
  name: 'Number',
  operations: [
    {
      ...{ method: 'get', path: '/api/number', summary: 'Show what the number does today.' },
      answer: today,
      refusals: [400, 502],
    },
    {
      ...{ method: 'post', path: '/api/number/provision', summary: 'Point the number here, with a fallback outside.' },
      answer: pointed,
      refusals: [400, 502],
    },
    {
      ...{ method: 'post', path: '/api/number/bin', summary: 'Use a TwiML Bin as the fallback.' },
      body: z.strictObject({ bin_url: z.url() }),
      answer: pointed,
      refusals: [400, 502],
    },
    {
      ...{ method: 'delete', path: '/api/number/fallback', summary: 'Remove what answers while Frontdesk is down.' },
      answer: done.extend({ removed: z.array(z.string()), not_removed: z.array(z.string()) }),
      refusals: [400, 502],
    },
    {
      ...{ method: 'get', path: '/api/doctor', summary: 'Examine every link between a caller and an answer.' },
      answer: z.strictObject({ ok: z.boolean(), at: time, links: z.array(link) }),
    },
  ],
};
