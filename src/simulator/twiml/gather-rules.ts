import type { Element } from './parse';
import { childrenOf } from './parse';
import type { ElementRule, Fault } from './rules';
import { address, either, httpMethod, language, oneOf, shaped, trueOrFalse, wholeNumber } from './values';
import type { ValueRule } from './values';

const speechModel: ValueRule = either(
  oneOf(
    13334,
    'default',
    'numbers_and_commands',
    'phone_call',
    'experimental_conversations',
    'experimental_utterances',
  ),
  shaped(
    13334,
    /^(googlev2_(long|short|telephony|telephony_short)|deepgram_nova-[23](-[a-z]+)?)$/,
    'a model of Google or Deepgram',
  ),
);

const hints: ValueRule = {
  code: 13330,
  expects: 'at most 500 hints of at most 100 characters, between commas',
  accepts: (value) => value.split(',').length <= 500 && value.split(',').every((hint) => hint.trim().length <= 100),
};

/** What Twilio allows a Gather. The codes are those of its error dictionary. */
export const gatherRule: ElementRule = {
  attributes: {
    action: address,
    actionOnEmptyResult: trueOrFalse(13338),
    bargeIn: trueOrFalse(13332),
    debug: trueOrFalse(12200),
    enhanced: trueOrFalse(13334),
    finishOnKey: shaped(13310, /^[0-9*#]?$/, 'one of 0-9, * and #, or nothing'),
    hints,
    input: oneOf(13326, 'dtmf', 'speech', 'dtmf speech', 'speech dtmf'),
    language: language(13331),
    maxSpeechTime: wholeNumber(13328, 1),
    method: httpMethod(13312),
    numDigits: wholeNumber(13314, 1),
    partialResultCallback: address,
    partialResultCallbackMethod: httpMethod(13329),
    profanityFilter: trueOrFalse(13333),
    speechModel,
    speechTimeout: either(wholeNumber(13327, 1), oneOf(13327, 'auto')),
    timeout: wholeNumber(13313, 1),
  },
  children: ['Say', 'Play', 'Pause'],
  childCode: 13320,
  text: false,
  alsoCheck: checkGather,
};

function checkGather(gather: Element): Fault[] {
  const { attributes } = gather;
  const faults: Fault[] = [];
  if (attributes['speechTimeout'] === 'auto' && attributes['speechModel'] !== undefined) {
    faults.push({ code: 13335, message: 'speechTimeout="auto" is not supported together with a speechModel' });
  }
  if (attributes['language'] === 'multi' && !(attributes['speechModel'] ?? '').startsWith('deepgram_nova-3')) {
    faults.push({ code: 13331, message: 'language="multi" needs the model deepgram_nova-3' });
  }
  if (childrenOf(gather).some((child) => child.name === 'Play' && child.attributes['digits'] !== undefined)) {
    faults.push({ code: 13320, message: 'A <Play> of digits cannot stand inside a <Gather>' });
  }
  return faults;
}
