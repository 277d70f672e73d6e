import { z } from 'zod';
import { done, type OperationGroup } from './operation';

/** The telephone of the page "Try it". */
export const tryIt: OperationGroup = {
  name: 'Try it',
  operations: [
    {
      ...{ method: 'post', path: '/api/try', summary: 'Place a test call.' },
      answer: z.strictObject({ success: z.literal(true), id: z.string() }),
      refusals: [429],
    },
    {
      ...{ method: 'get', path: '/api/try/{id}/events', summary: 'Follow a test call, by server-sent events.' },
      answer: 'events',
      refusals: [404],
    },
    {
      ...{ method: 'post', path: '/api/try/{id}/say', summary: 'Say something on a test call.' },
      body: z.strictObject({ words: z.string() }),
      answer: done,
      refusals: [409],
    },
    {
      ...{ method: 'post', path: '/api/try/{id}/press', summary: 'Press keys on a test call.' },
      body: z.strictObject({ keys: z.string().regex(/^[0-9*#]{1,40}$/) }),
      answer: done,
      refusals: [409],
    },
    {
      ...{ method: 'post', path: '/api/try/{id}/typing', summary: 'Tell that the caller is about to speak.' },
      answer: done,
    },
    {
      ...{ method: 'post', path: '/api/try/{id}/hang-up', summary: 'Hang up a test call.' },
      answer: done,
    },
  ],
};

/** What this describes itself by. */
export const description: OperationGroup = {
  name: 'This description',
  operations: [
    {
      ...{ method: 'get', path: '/api/openapi.json', summary: 'Give this description, as OpenAPI 3.1.' },
      answer: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
    },
    { method: 'get', path: '/api/docs', summary: 'Show it as a page.', answer: 'a page' },
  ],
};
