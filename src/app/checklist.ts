import type { ChecklistItem } from '../console/ports';
import type { Settings } from '../settings/settings';
import { fallbackIn } from './outside-fallback';

/** What is set, as /health tells it. */
export type ConfiguredParts = Record<'twilio' | 'groq' | 'google_tts' | 'public_base_url' | 'profile', boolean>;

interface Known {
  configured: ConfiguredParts;
  settings: Settings;
  onTrial: boolean;
}

type Words = readonly [title: string, works: string, missing: string];

const WORDS = {
  twilio: ['Twilio', 'Calls that Twilio signs are answered.', 'Only calls from this machine are answered.'],
  address: ['Public address', 'Twilio knows where to find Frontdesk.', 'Enter the https address that leads here.'],
  number: [
    'Number',
    'Its calls come here.',
    'One click sends its calls here, and has somebody answer while Frontdesk is down.',
  ],
  receptionist: ['Receptionist', 'It speaks for your business.', 'The example business answers. Make it yours.'],
  groq: ['Groq', 'A model replies to callers.', 'The built-in answerer replies from the profile and takes messages.'],
  google: ['Google Text-to-Speech', "Google's voice speaks.", "Twilio's own voices speak."],
} as const satisfies Record<string, Words>;

/** The lines of the home page, from what is known without asking anybody. */
export function checklistOf({ configured, settings, onTrial }: Known): ChecklistItem[] {
  const item = (works: boolean, [title, done, missing]: Words, href: string): ChecklistItem => ({
    title,
    state: works ? 'works' : 'missing',
    detail: works ? done : missing,
    href,
  });
  return [
    ...(settings.unreadable().length > 0 ? [sealedItem] : []),
    item(configured.twilio, WORDS.twilio, '/credentials'),
    ...(onTrial ? [trialItem] : []),
    item(configured.public_base_url, WORDS.address, '/credentials'),
    item(fallbackIn(settings) !== undefined, WORDS.number, '/number'),
    item(configured.profile, WORDS.receptionist, '/receptionist'),
    item(configured.groq, WORDS.groq, '/credentials'),
    item(configured.google_tts, WORDS.google, '/credentials'),
  ];
}

const sealedItem: ChecklistItem = {
  title: 'Stored credentials',
  state: 'wrong',
  detail:
    'Some cannot be opened: SECRET_KEY, or the key file under DATA_DIR, is not the one they were sealed with. Put the earlier key back and start again, or enter them once more.',
  href: '/credentials',
};

const trialItem: ChecklistItem = {
  title: 'Trial account',
  state: 'works',
  detail:
    'Twilio ends trial calls early, so Frontdesk says goodbye before. What else a trial cannot do is on the page.',
  href: '/number',
};
