import { z } from 'zod';
import { OUTCOMES } from '../../common/call-record';
import { done, phoneNumber, type OperationGroup, type QueryParameter } from './operation';
import { listedCall, message, statistics, wholeCall } from './records';

const limit: QueryParameter = {
  name: 'limit',
  about: 'How many at most.',
  schema: z.int().min(1).max(500).default(50),
};

const filters: readonly QueryParameter[] = [
  { name: 'q', about: 'Words that were said.', schema: z.string() },
  { name: 'outcome', about: 'How it ended.', schema: z.enum([...OUTCOMES, 'going-on']) },
  { name: 'from', about: 'Who called, or was called.', schema: phoneNumber },
  { name: 'since', about: 'A date, or a time in ISO 8601.', schema: z.string() },
  { name: 'until', about: 'A date, or a time in ISO 8601.', schema: z.string() },
  { name: 'tests', about: '"no" leaves test calls out.', schema: z.enum(['yes', 'no']) },
  { name: 'before', about: 'The place that the page before gave as "next".', schema: z.string() },
  limit,
];

const ended = z.strictObject({
  success: z.boolean(),
  ended: z.int(),
  failed: z.array(z.strictObject({ call_sid: z.string(), error: z.string() })),
});

/** Calls: those that were made, and those that are to be. */
export const calls: OperationGroup = {
  name: 'Calls',
  operations: [
    {
      ...{ method: 'get', path: '/api/calls', summary: 'List calls, the newest first.', query: filters },
      answer: z.strictObject({ calls: z.array(listedCall), next: z.string().nullable() }),
      refusals: [400],
    },
    {
      ...{ method: 'post', path: '/api/calls', summary: 'Call somebody; the receptionist speaks first.' },
      body: z.strictObject({
        to: phoneNumber,
        reason: z.string().max(300).describe('as it is said after "I am calling about"'),
      }),
      answer: z.strictObject({ success: z.literal(true), call_sid: z.string(), id: z.string() }),
      refusals: [400, 409, 429, 502, 504],
    },
    {
      ...{ method: 'post', path: '/api/calls/hangup', summary: 'Hang up every call that goes on.' },
      answer: ended,
    },
    {
      ...{ method: 'get', path: '/api/calls/live', summary: 'Follow changes in the book, by server-sent events.' },
      answer: 'events',
    },
    {
      ...{ method: 'get', path: '/api/calls/statistics', summary: 'Show the last 30 days in figures.' },
      query: [{ name: 'tests', about: '"yes" counts test calls too.', schema: z.enum(['yes', 'no']).default('no') }],
      answer: statistics,
      refusals: [400],
    },
    {
      ...{ method: 'get', path: '/api/calls/{sid}', summary: 'Show one call, with all that was said.' },
      answer: wholeCall,
      refusals: [404],
    },
    {
      ...{ method: 'post', path: '/api/calls/{sid}/hangup', summary: 'Hang up one call.' },
      answer: done,
      refusals: [404, 409, 502],
    },
  ],
};

/** Those who called. */
export const callers: OperationGroup = {
  name: 'Callers',
  operations: [
    {
      ...{
        method: 'delete',
        path: '/api/callers/{number}',
        summary: 'Forget a caller: everything of theirs is removed.',
      },
      answer: z.strictObject({
        success: z.literal(true),
        removed: z.record(z.string(), z.int()).describe('how many of each kind were removed'),
        kept: z.strictObject({
          blocked: z.boolean().describe('whether the number stays on the list of blocked callers'),
        }),
        still_to_come: z.strictObject({ recordings: z.int().describe('which Twilio would not remove yet') }),
      }),
      refusals: [400, 409],
    },
  ],
};

const state = z.enum(['new', 'done']);

/** What callers left. */
export const messages: OperationGroup = {
  name: 'Messages',
  operations: [
    {
      ...{ method: 'get', path: '/api/messages', summary: 'List messages, the newest first.' },
      query: [
        { name: 'state', about: 'Whether somebody has seen to it.', schema: state },
        { name: 'before', about: 'The place that the page before gave as "next".', schema: z.string() },
        limit,
      ],
      answer: z.strictObject({ messages: z.array(message), next: z.string().nullable() }),
      refusals: [400],
    },
    {
      ...{ method: 'patch', path: '/api/messages/{id}', summary: 'Mark a message as new or done.' },
      body: z.strictObject({ state }),
      answer: z.strictObject({ success: z.literal(true), message }),
      refusals: [400, 404],
    },
  ],
};
