import { z } from 'zod';
import { profileSchema } from '../../common/profile';
import { rulesSchema } from '../../common/rules';
import { done, phoneNumber, usd, type OperationGroup } from './operation';

const credentials = z.strictObject({
  configured: z.boolean(),
  source: z.enum(['page', 'environment']).nullable(),
  account_sid: z.string().nullable().describe('masked'),
  auth_token: z.string().nullable().describe('masked'),
  phone_number: phoneNumber.nullable(),
});

const keptCredentials = credentials.extend({
  success: z.literal(true),
  warnings: z.array(z.string()).optional(),
});

const price = z.strictObject({
  ...{ key: z.string(), what: z.string(), unit: z.string() },
  ...{ price_for: z.number().describe('how many units cost it'), usd, list_usd: usd },
});

/** What the receptionist knows, and by which rules it works. */
export const settings: OperationGroup = {
  name: 'Settings',
  operations: [
    {
      ...{ method: 'get', path: '/api/settings', summary: 'Show the profile of the receptionist.' },
      answer: z.strictObject({ profile: profileSchema, can_undo: z.boolean() }),
    },
    {
      ...{ method: 'put', path: '/api/settings', summary: 'Replace the profile by another, whole one.' },
      body: profileSchema,
      answer: z.strictObject({ success: z.literal(true), profile: profileSchema }),
      refusals: [400],
    },
    {
      ...{ method: 'post', path: '/api/settings/undo', summary: 'Undo the last change of the profile.' },
      answer: z.strictObject({ success: z.boolean(), profile: profileSchema }),
    },
    {
      ...{ method: 'get', path: '/api/settings/export', summary: 'Export the profile as a file for PROFILE_FILE.' },
      answer: profileSchema,
    },
    {
      ...{ method: 'post', path: '/api/settings/greeting', summary: 'Upload a greeting in your own voice.' },
      body: 'a file',
      answer: done,
      refusals: [400, 413],
    },
    {
      ...{ method: 'delete', path: '/api/settings/greeting', summary: 'Remove the recorded greeting.' },
      answer: done,
    },
    {
      ...{ method: 'get', path: '/api/settings/rules', summary: 'Show the rules: limits, blocked callers, privacy.' },
      answer: rulesSchema,
    },
    {
      ...{ method: 'put', path: '/api/settings/rules', summary: 'Replace the rules; what is left out is as at first.' },
      body: rulesSchema,
      answer: rulesSchema.extend({ success: z.literal(true) }),
      refusals: [400],
    },
    {
      ...{ method: 'get', path: '/api/settings/prices', summary: 'Show what minutes, voices and models cost.' },
      answer: z.strictObject({ currency: z.literal('USD'), prices: z.array(price) }),
    },
    {
      ...{ method: 'put', path: '/api/settings/prices', summary: 'Correct some prices; null forgets one.' },
      body: z.strictObject({ prices: z.record(z.string(), usd) }),
      answer: z.strictObject({ success: z.literal(true), prices: z.record(z.string(), z.number()) }),
      refusals: [400],
    },
  ],
};

/** The account at Twilio. */
export const twilio: OperationGroup = {
  name: 'Twilio credentials',
  operations: [
    {
      ...{ method: 'get', path: '/api/twilio/credentials', summary: 'Show the credentials in use, masked.' },
      answer: credentials,
    },
    {
      ...{ method: 'post', path: '/api/twilio/credentials', summary: 'Keep credentials, if Twilio accepts them.' },
      body: z.strictObject({
        ...{ account_sid: z.string(), auth_token: z.string(), phone_number: phoneNumber },
        ...{ api_key_sid: z.string().optional(), api_key_secret: z.string().optional() },
      }),
      answer: keptCredentials,
      refusals: [400, 502],
    },
    {
      ...{ method: 'delete', path: '/api/twilio/credentials', summary: 'Forget the credentials of the page.' },
      answer: keptCredentials,
    },
  ],
};
