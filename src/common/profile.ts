import { z } from 'zod';
import { E164 } from './e164';
import { isDialable } from './dialable';

/** Twilio takes no document over 64 kB and no Say over 4,096 characters (errors 11750 and 13521). */
const text = z.string().trim().min(1).max(1_500, 'must be 1,500 characters at most');
const longText = z.string().trim().min(1).max(20_000, 'must be 20,000 characters at most');

const TIME = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/;

/** "09:00-17:00", in the business's own time; 24:00 is the end of the day. */
const span = z
  .string()
  .refine((value) => value.split('-').length === 2 && value.split('-').every((time) => TIME.test(time)), {
    error: 'must look like "09:00-17:00"',
    abort: true,
  })
  .refine((value) => {
    const [opens = '', closes = ''] = value.split('-');
    return opens < closes;
  }, 'must end after it begins; for a night write one span until 24:00 and one from 00:00 on the next day');

const timeZone = text.refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'is not a time zone this machine knows; use a name like "America/New_York"');

/** How Google and Twilio name their voices. */
export const GOOGLE_VOICE = /^[a-z]{2,3}-[A-Z]{2}-\S+$/;
export const SAY_VOICE = /^(?:man|woman|alice|Polly\.\S+|Google\.[a-z]{2,3}-[A-Z]{2}-\S+)$/;

const day = z.array(span).default([]);

/** Something to find out about a call. */
const field = z.strictObject({
  name: z.string().trim().min(1).max(40, 'must be 40 characters at most'),
  kind: z.enum(['text', 'phone', 'email'], 'must be text, phone or email').default('text'),
});

const phrases = z.strictObject({
  holding: z.array(text).min(1).default(['One moment, please.', 'Let me see.', 'Just a second.']),
  reprompts: z.array(text).min(1).default(['Are you still there?', 'I am still here. How can I help you?']),
  goodbye: text.default('Thank you for calling. Goodbye!'),
  notUnderstood: text.default("I'm sorry, I didn't catch that. Could you say it again?"),
});

/** What is to be known of every call, unless the owner wants something else. */
const FIELDS: readonly z.infer<typeof field>[] = [
  { name: 'name', kind: 'text' },
  { name: 'callback number', kind: 'phone' },
  { name: 'reason', kind: 'text' },
];

/** The shape of a profile file: everything the receptionist knows of the business. */
export const profileSchema = z.strictObject({
  businessName: text,
  greeting: text.optional(),
  greetingAudio: text.optional(),
  timeZone: timeZone.default('UTC'),
  language: text.regex(/^[a-z]{2,3}-[A-Z]{2}$/, 'must be a language and a country, like "en-US"').default('en-US'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be two capital letters, like "US"')
    .default('US'),
  voice: text.regex(GOOGLE_VOICE, 'must be a Google voice, like "en-US-Neural2-F"').optional(),
  sayVoice: text
    .regex(SAY_VOICE, 'must be a voice of Twilio, like "Google.en-US-Neural2-F", "Polly.Joanna-Neural" or "woman"')
    .optional(),
  hours: z
    .strictObject({
      monday: day,
      tuesday: day,
      wednesday: day,
      thursday: day,
      friday: day,
      saturday: day,
      sunday: day,
    })
    .optional(),
  holidays: z.array(z.strictObject({ date: z.iso.date(), name: text.optional(), hours: day })).default([]),
  facts: z.array(text).max(500, 'must be 500 facts at most').default([]),
  questions: z
    .array(z.strictObject({ question: text, also: z.array(text).default([]), answer: text }))
    .max(500, 'must be 500 questions at most')
    .default([]),
  instructions: longText.optional(),
  tone: text.optional(),
  transfer: z
    .strictObject({
      number: text
        .regex(E164, { error: 'must be in E.164 form, like +12025550100', abort: true })
        .refine(isDialable, 'must be the number of a person: a possible one that costs nothing extra'),
      when: text.optional(),
      keywords: z.array(text).max(50, 'must be fifty words at most').optional(),
      outsideHours: z.boolean().optional(),
    })
    .optional(),
  fields: z
    .array(field)
    .max(12, 'must be twelve at most')
    .refine(
      (list) => new Set(list.map(({ name }) => name.toLowerCase())).size === list.length,
      'must each have a name of its own',
    )
    .default(() => FIELDS.map((each) => ({ ...each }))),
  messages: z.strictObject({ ask: z.array(text).max(5, 'must be five questions at most').default([]) }).optional(),
  hints: z.array(text).default([]),
  phrases: phrases.default(() => phrases.parse({})),
});

/** The receptionist's profile, with every default filled in. */
export type Profile = z.infer<typeof profileSchema>;

/** Something to find out about a call, as the owner calls it. */
export type ProfileField = Profile['fields'][number];

/** Days of the week as the profile spells them, Monday first. */
export type Weekday = keyof NonNullable<Profile['hours']>;
