import type VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { Step, Utterance } from '../conversations/step';
import type { Addresses } from './addresses';
import { withoutIllegal } from './legal-text';
import { gatherAttributes } from './listening-modes';
import { element, responseOf, textOf } from './xml';

/** The voice of `<Say>`, as Twilio names it (`Google.en-US-Neural2-F`), and the language spoken and listened for. */
export interface SayVoice {
  name: string;
  language: string;
}

/** What rendering needs to know of its call. */
export interface RenderOptions {
  addresses: Addresses;
  voice: SayVoice;
}

/** The voice that every account has and that cannot vanish. */
const BASIC_VOICE = 'woman';

/** Steps as a TwiML document (twilio.com/docs/voice/twiml), always well formed. */
export const renderTwiml = (steps: readonly Step[], options: RenderOptions): string =>
  responseOf(steps.map((step) => verbsOf(step, options)).join(''));

function verbsOf(step: Step, options: RenderOptions): string {
  const { addresses, voice } = options;
  switch (step.kind) {
    case 'speak':
      return speaking(step.utterances, options);
    case 'listen': {
      const action = addresses.process(step.turn);
      const partials = step.partials ? { partialResultCallback: addresses.partial(step.turn) } : {};
      const listening = { ...gatherAttributes(step.mode, step.hints), ...partials, language: voice.language };
      return element('Gather', { action, ...listening }, speaking(step.utterances, options));
    }
    case 'comeBack':
      return redirect(addresses.continue(step.turn, step.part));
    case 'hangUp':
      return element('Hangup');
    case 'transfer':
      return dial(step, addresses);
    case 'record':
      return record(step.turn, addresses);
    case 'refuse':
      return element('Reject', { reason: 'busy' });
  }
}

const redirect = (address: string) => element('Redirect', { method: 'POST' }, textOf(address));

/** A voicemail's longest, and the silence that ends it, in s. */
const RECORDING_S = 120;
const SILENCE_S = 6;

/** Where nothing was recorded, Twilio goes on to the next verb. */
function record(turn: number, addresses: Addresses): string {
  const action = addresses.recorded(turn);
  const attributes: VoiceResponse.RecordAttributes = {
    ...{ action, method: 'POST', maxLength: RECORDING_S, timeout: SILENCE_S, finishOnKey: '#', playBeep: true },
    ...{ recordingStatusCallback: addresses.recording(), recordingStatusCallbackMethod: 'POST' },
    recordingStatusCallbackEvent: ['completed', 'absent'],
  };
  return element('Record', attributes) + redirect(action);
}

/** How long a person's telephone rings, in s: a mailbox picks up at about 25. */
const RINGING_S = 20;

/** The caller hears the ringing, and the person who is calling and why, before the two are joined. */
function dial({ turn, callerId, number }: Extract<Step, { kind: 'transfer' }>, addresses: Addresses): string {
  const action = addresses.transferred(turn);
  const attributes: VoiceResponse.DialAttributes = {
    ...{ action, method: 'POST', answerOnBridge: true, callerId, timeout: RINGING_S },
  };
  return element('Dial', attributes, element('Number', { url: addresses.screen(), method: 'POST' }, textOf(number)));
}

/** Clips are played; neighbouring utterances without one are said in one breath. */
function speaking(utterances: readonly Utterance[], { addresses, voice }: RenderOptions): string {
  const plain = utterances.some((utterance) => utterance.plain);
  const attributes = plain ? { voice: BASIC_VOICE } : { voice: voice.name, language: voice.language };
  let verbs = '';
  let words: string[] = [];
  const say = () => {
    const text = withoutIllegal(words.join(' ')).trim();
    words = [];
    if (text) verbs += element('Say', attributes, textOf(text));
  };
  for (const { text, clip } of utterances) {
    if (!clip) words.push(text);
    else {
      say();
      verbs += element('Play', {}, textOf(addresses.audio(clip.name)));
    }
  }
  say();
  return verbs;
}
