import { z } from 'zod';
import { EVENTS } from '../../common/events';
import { done, type OperationGroup } from './operation';

const ms = z.int().describe('ms since 1970');

const subscriber = z.strictObject({
  ...{ id: z.string(), url: z.string(), events: z.array(z.string()) },
  off: z.string().optional().describe('why nothing is sent there any more'),
});

const delivery = z.strictObject({
  ...{ id: z.string(), event: z.string(), channel: z.string(), target: z.string() },
  ...{ state: z.enum(['waiting', 'delivered', 'dead']), tries: z.int() },
  ...{ dueAt: ms, createdAt: ms, deliveredAt: ms.optional(), problem: z.string().optional() },
});

/** Who is told of calls, by signed webhooks (standardwebhooks.com). */
export const events: OperationGroup = {
  name: 'Events',
  operations: [
    {
      ...{ method: 'get', path: '/api/events/subscribers', summary: 'List who is sent events.' },
      answer: z.strictObject({ subscribers: z.array(subscriber) }),
    },
    {
      ...{ method: 'post', path: '/api/events/subscribers', summary: 'Send events to an address.' },
      body: z.strictObject({ url: z.url(), events: z.array(z.enum(EVENTS)) }),
      answer: z.strictObject({
        ...{ success: z.literal(true), id: z.string() },
        secret: z.string().describe('verifies what is sent; shown this once'),
      }),
      refusals: [400],
    },
    {
      ...{ method: 'delete', path: '/api/events/subscribers/{id}', summary: 'Send nothing there any more.' },
      answer: done,
      refusals: [404],
    },
    {
      ...{ method: 'post', path: '/api/events/subscribers/{id}/on', summary: 'Send events there again.' },
      answer: done,
      refusals: [404],
    },
    {
      ...{ method: 'get', path: '/api/events/deliveries', summary: 'List what was sent, the newest first.' },
      answer: z.strictObject({ deliveries: z.array(delivery) }),
    },
    {
      ...{ method: 'post', path: '/api/events/deliveries/{id}/replay', summary: 'Send one once more.' },
      answer: done,
      refusals: [404],
    },
  ],
};
