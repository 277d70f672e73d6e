import type { Element } from './parse';
import { childrenOf, ownTextOf } from './parse';
import type { ElementRule, Fault } from './rules';
import { address, anything, either, httpMethod, oneOf, shaped, trueOrFalse, wholeNumber } from './values';
import type { ValueRule } from './values';

const E164 = /^\+[1-9]\d{1,14}$/;

const recordChoices = ['', '-dual'].flatMap((dual) => [`record-from-answer${dual}`, `record-from-ringing${dual}`]);

/** What Twilio allows a Dial. The codes are those of its error dictionary. */
export const dialRule: ElementRule = {
  attributes: {
    action: address,
    method: httpMethod(13210),
    answerOnBridge: trueOrFalse(12200),
    callerId: either(shaped(13214, E164, 'a number like "+12025550100"'), shaped(13214, /^client:/, 'a client')),
    callReason: shaped(12200, /^.{0,50}$/s, 'at most 50 characters'),
    hangupOnStar: trueOrFalse(13213),
    record: oneOf(13217, 'do-not-record', 'true', 'false', ...recordChoices),
    recordingConfigurationId: anything,
    recordingStatusCallback: address,
    recordingStatusCallbackMethod: httpMethod(13210),
    recordingStatusCallbackEvent: anything,
    recordingTrack: oneOf(13622, 'both', 'inbound', 'outbound'),
    referUrl: address,
    referMethod: httpMethod(13210),
    ringTone: anything,
    sequential: trueOrFalse(12200),
    timeLimit: wholeNumber(13216, 1, 86_400),
    timeout: wholeNumber(13212, 1, 600),
    trim: oneOf(13699, 'trim-silence', 'do-not-trim'),
    events: anything,
    passports: anything,
  },
  children: ['Number', 'Client', 'Sip', 'Conference', 'Queue', 'Application'],
  childCode: 13215,
  text: true,
  alsoCheck: (dial) => {
    if (childrenOf(dial).length > 0 && ownTextOf(dial) === '') return [];
    return checkNumber(dial);
  },
};

const legAttributes: Readonly<Record<string, ValueRule>> = {
  url: address,
  method: httpMethod(13221),
  statusCallback: address,
  statusCallbackMethod: httpMethod(13221),
  statusCallbackEvent: anything,
  machineDetection: anything,
  machineDetectionTimeout: wholeNumber(12200, 1),
  machineDetectionSpeechThreshold: wholeNumber(12200, 1),
  machineDetectionSpeechEndThreshold: wholeNumber(12200, 1),
  machineDetectionSilenceTimeout: wholeNumber(12200, 1),
  amdStatusCallback: address,
  amdStatusCallbackMethod: httpMethod(12200),
};

/** What Twilio allows a Number inside a Dial. */
export const numberRule: ElementRule = {
  attributes: {
    ...legAttributes,
    sendDigits: shaped(13222, /^[0-9*#wW]+$/, 'keys and the pauses w and W'),
    byoc: anything,
  },
  children: [],
  childCode: 12200,
  text: true,
  alsoCheck: checkNumber,
};

function checkNumber(element: Element): Fault[] {
  const number = ownTextOf(element);
  if (E164.test(number)) return [];
  return [{ code: 13223, message: `"${number}" is not a number as <Dial> needs it ("+12025550100")` }];
}
