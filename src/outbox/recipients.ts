import { z } from 'zod';
import { EVENTS } from '../common/events';

/** Who is told. Secrets are in it, so it is kept sealed. */
export const recipientsSchema = z.object({
  email: z
    .object({
      /** smtp:// or smtps://, with user and password in it. */
      server: z.string(),
      from: z.string(),
      to: z.array(z.string()).min(1),
    })
    .optional(),
  /** Numbers in E.164 form that get messages as texts. */
  texts: z.array(z.string()).min(1).optional(),
  subscribers: z
    .array(
      z.object({
        id: z.string(),
        url: z.string(),
        /** Of the Standard Webhooks specification: "whsec_" and base64. */
        secret: z.string(),
        events: z.array(z.enum(EVENTS)).min(1),
        /** Why nothing is sent there any more. */
        off: z.string().optional(),
      }),
    )
    .default([]),
});

/** Who is told, and how. */
export type Recipients = z.infer<typeof recipientsSchema>;
export type Subscriber = Recipients['subscribers'][number];
