/** An account, its numbers and what the stub is to do wrong. Tests change it at any time. */
export interface TwilioRestState {
  account: {
    sid: string;
    authToken: string;
    status: 'active' | 'suspended' | 'closed';
    type: 'Full' | 'Trial';
    friendlyName: string;
    dateCreated: string;
    balance: string;
  };
  apiKey: { sid: string; secret: string } | undefined;
  numbers: StubNumber[];
  /** How many numbers a page holds at most. */
  pageSize: number;
  /** Parts that are answered 403, as to a restricted key. */
  refuses: Set<'account' | 'numbers' | 'serverless' | 'studio' | 'balance'>;
  /** How every request is met instead of being answered. */
  trouble: Trouble | undefined;
  buildFails: boolean;
  /** How often a build's status is "building" before it is completed. */
  buildSteps: number;
  service: StubService | undefined;
  flows: StubFlow[];
  calls: StubCall[];
  recordings: StubRecording[];
  /** How often a recording's file is not there yet. */
  recordingMisses: number;
  texts: { to: string; from: string; body: string }[];
  /** The error code that texts are answered with. */
  textError: number | undefined;
  /** The A2P campaign of the number; undefined: it is in no messaging service. */
  campaign: string | undefined;
}

/** `drip`: a byte of the answer now and then, for ever. `hang`: nothing. `cut`: the connection is closed. */
export type Trouble =
  { kind: 'hang' | 'cut' | 'html' | 'drip' } | { kind: 'error'; status: number; code?: number; message?: string };

/** A number as Twilio's JSON has it. */
export interface StubNumber {
  sid: string;
  phone_number: string;
  capabilities: { voice?: boolean; sms?: boolean } | null;
  voice_url: string | null;
  voice_method: string;
  voice_fallback_url: string | null;
  voice_fallback_method: string;
  status_callback: string;
  status_callback_method: string;
  voice_application_sid: string;
  trunk_sid: string | null;
}

/** The serverless service with its one environment and its one function. */
export interface StubService {
  sid: string;
  unique_name: string;
  friendly_name: string;
  environment: { sid: string; unique_name: string; domain_name: string; build_sid: string | null } | undefined;
  functionEntry: { sid: string; friendly_name: string } | undefined;
  versions: { sid: string; path: string; visibility: string; content: string }[];
  builds: { sid: string; versions: string[]; runtime: string; polls: number }[];
}

/** A call as Twilio's JSON has it. */
export interface StubCall {
  sid: string;
  from: string;
  to: string;
  direction: string;
  status: string;
  start_time: string;
  end_time: string | null;
  duration: string | null;
}

/** A recording, and its file. */
export interface StubRecording {
  sid: string;
  call_sid: string;
  duration: string;
  date_created: string;
  wav: Buffer;
  /** A Record verb, where nothing else is said. */
  source?: string;
}

/** A Studio flow as Twilio's JSON has it. */
export interface StubFlow {
  sid: string;
  friendly_name: string;
  status: string;
  definition: unknown;
  revision: number;
  webhook_url: string;
}

let counter = 0;

/** A SID nobody has had: two letters and 32 hexadecimal digits. */
export const newSid = (prefix: string): string => `${prefix}${(++counter).toString(16).padStart(32, '0')}`;

/** A number with voice that points nowhere. */
export const stubNumber = (phoneNumber: string, changes: Partial<StubNumber> = {}): StubNumber => ({
  sid: newSid('PN'),
  phone_number: phoneNumber,
  capabilities: { voice: true, sms: true },
  voice_url: 'https://demo.twilio.com/welcome/voice/',
  voice_method: 'GET',
  voice_fallback_url: null,
  voice_fallback_method: 'POST',
  status_callback: '',
  status_callback_method: 'POST',
  voice_application_sid: '',
  trunk_sid: null,
  ...changes,
});

/** A full account in good standing with one number, +12025550100. */
export const startState = (): TwilioRestState => ({
  account: {
    sid: 'AC00112233445566778899aabbccddeeff',
    authToken: '0123456789abcdef0123456789abcdef',
    status: 'active',
    type: 'Full',
    friendlyName: 'Maple Street Bicycle Workshop',
    dateCreated: 'Thu, 30 Jul 2015 20:00:00 +0000',
    balance: '25.5000',
  },
  apiKey: undefined,
  numbers: [stubNumber('+12025550100')],
  pageSize: 50,
  refuses: new Set(),
  trouble: undefined,
  buildFails: false,
  buildSteps: 1,
  service: undefined,
  flows: [],
  calls: [],
  recordings: [],
  recordingMisses: 0,
  texts: [],
  textError: undefined,
  campaign: undefined,
});
