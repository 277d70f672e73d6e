import { z } from 'zod';
import { E164 } from '../../common/e164';

/** One thing that scripts can do: a route of the API, described. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: "/api/calls/{sid}". */
  path: string;
  /** One sentence, which begins with a verb. */
  summary: string;
  query?: readonly QueryParameter[];
  /** The JSON that is sent; a file is sent as a form. */
  body?: z.ZodType | 'a file';
  answer: z.ZodType | 'events' | 'a page';
  /** Statuses of refusals besides 401 and 403, which any route may answer. */
  refusals?: readonly number[];
}

/** A parameter in the address, never required. */
export interface QueryParameter {
  name: string;
  about: string;
  schema: z.ZodType;
}

/** Operations that belong together. */
export interface OperationGroup {
  name: string;
  operations: readonly Operation[];
}

/** The answer of what is only done or not. */
export const done = z.strictObject({
  success: z.literal(true),
  message: z.string().optional(),
  warnings: z.array(z.string()).optional(),
});

/** What every refusal says. */
export const refusal = z.strictObject({
  success: z.literal(false),
  field: z.string().nullable(),
  code: z.string(),
  error: z.string(),
  remedy: z.string(),
  problems: z.array(z.strictObject({ field: z.string(), problem: z.string() })).optional(),
});

/** A time in ISO 8601, UTC. */
export const time = z.iso.datetime();
/** A number in E.164 form. */
export const phoneNumber = z.string().regex(E164);
/** Dollars, or null where the price is not known. */
export const usd = z.number().nullable();
