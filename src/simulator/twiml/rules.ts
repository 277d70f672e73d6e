import { dialRule, numberRule } from './dial-rules';
import { gatherRule } from './gather-rules';
import { sayRule } from './say-rules';
import type { Element } from './parse';
import { address, anything, httpMethod, oneOf, shaped, trueOrFalse, wholeNumber } from './values';
import type { ValueRule } from './values';

/** A fault in a document, without its address. */
export interface Fault {
  code: number;
  message: string;
}

/** What TwiML allows an element: attributes, elements (with the code for any other), and text. */
export interface ElementRule {
  attributes: Readonly<Record<string, ValueRule>>;
  children: readonly string[];
  childCode: number;
  text: boolean;
  /** What no single attribute shows. */
  alsoCheck?: (element: Element) => Fault[];
}

const playRule: ElementRule = {
  attributes: {
    loop: wholeNumber(13410, 0),
    digits: shaped(13430, /^[0-9A-D*#wW]+$/, 'keys and the pauses w and W'),
  },
  children: [],
  childCode: 12200,
  text: true,
};

const recordRule: ElementRule = {
  attributes: {
    action: address,
    method: httpMethod(13610),
    timeout: wholeNumber(13611, 0),
    maxLength: wholeNumber(13612, 1, 86_400),
    finishOnKey: shaped(13613, /^[0-9*#]*$/, 'keys'),
    transcribe: trueOrFalse(13614),
    transcribeCallback: address,
    playBeep: trueOrFalse(13616),
    recordingStatusCallback: address,
    recordingStatusCallbackMethod: httpMethod(13610),
    recordingStatusCallbackEvent: shaped(
      13621,
      /^(in-progress|completed|absent)( (in-progress|completed|absent))*$/,
      'in-progress, completed or absent',
    ),
    trim: oneOf(13699, 'trim-silence', 'do-not-trim'),
    recordingConfigurationId: anything,
  },
  children: [],
  childCode: 12200,
  text: false,
};

/** The verbs of a document, by name. */
export const verbRules: ReadonlyMap<string, ElementRule> = new Map<string, ElementRule>([
  ['Say', sayRule],
  ['Play', playRule],
  ['Gather', gatherRule],
  ['Record', recordRule],
  ['Dial', dialRule],
  ['Pause', bare({ length: wholeNumber(13910, 1) })],
  ['Redirect', { ...bare({ method: httpMethod(13710) }), text: true }],
  ['Hangup', bare({})],
  ['Reject', bare({ reason: oneOf(13810, 'rejected', 'busy') })],
]);

/** What may be dialled, by name. Only numbers matter to a receptionist: the other nouns are accepted as they stand. */
export const nounRules: ReadonlyMap<string, ElementRule> = new Map([['Number', numberRule]]);

/** Verbs that Twilio knows and a simulated line cannot play. */
export const unplayable: ReadonlySet<string> = new Set(
  'Connect Start Stop Enqueue Leave Pay Prompt Refer Siprec Sms Queue'.split(' '),
);

/** After these, nothing is ever reached. */
export const finalVerbs: ReadonlySet<string> = new Set(['Redirect', 'Hangup', 'Reject']);

function bare(attributes: Readonly<Record<string, ValueRule>>): ElementRule {
  return { attributes, children: [], childCode: 12200, text: false };
}
