import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import type { Step, Utterance } from '../conversations/step';
import type { Addresses } from './addresses';
import { withoutIllegal } from './legal-text';
import { gatherAttributes } from './listening-modes';

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

type Speaking = Pick<VoiceResponse, 'say' | 'play'>;

/** The voice that every account has and that cannot vanish. */
const BASIC_VOICE = 'woman';

/** Steps as a TwiML document (twilio.com/docs/voice/twiml), always well formed. */
export function renderTwiml(steps: readonly Step[], options: RenderOptions): string {
  const response = new VoiceResponse();
  for (const step of steps) renderStep(response, step, options);
  return response.toString();
}

function renderStep(response: VoiceResponse, step: Step, options: RenderOptions): void {
  const { addresses, voice } = options;
  switch (step.kind) {
    case 'speak':
      return speak(response, step.utterances, options);
    case 'listen': {
      const attributes = gatherAttributes(step.mode, step.hints.map(withoutIllegal));
      const action = addresses.process(step.turn);
      const language = voice.language as VoiceResponse.GatherAttributes['language'] & string;
      const partials = step.partials ? { partialResultCallback: addresses.partial(step.turn) } : {};
      return speak(response.gather({ action, ...attributes, ...partials, language }), step.utterances, options);
    }
    case 'comeBack':
      response.redirect({ method: 'POST' }, addresses.continue(step.turn, step.part));
      return;
    case 'hangUp':
      response.hangup();
      return;
    case 'transfer':
      dial(response, step, addresses);
      return;
    case 'record':
      record(response, step.turn, addresses);
      return;
    case 'refuse':
      response.reject({ reason: 'busy' });
  }
}

/** A voicemail's longest, and the silence that ends it, in s. */
const RECORDING_S = 120;
const SILENCE_S = 6;

/** Where nothing was recorded, Twilio goes on to the next verb. */
function record(response: VoiceResponse, turn: number, addresses: Addresses): void {
  const action = addresses.recorded(turn);
  response.record({
    ...{ action, method: 'POST', maxLength: RECORDING_S, timeout: SILENCE_S, finishOnKey: '#', playBeep: true },
    ...{ recordingStatusCallback: addresses.recording(), recordingStatusCallbackMethod: 'POST' },
    recordingStatusCallbackEvent: ['completed', 'absent'],
  });
  response.redirect({ method: 'POST' }, action);
}

/** How long a person's telephone rings, in s: a mailbox picks up at about 25. */
const RINGING_S = 20;

/** The caller hears the ringing, and the person who is calling and why, before the two are joined. */
function dial(response: VoiceResponse, step: Extract<Step, { kind: 'transfer' }>, addresses: Addresses): void {
  const action = addresses.transferred(step.turn);
  const { callerId, number } = step;
  const attributes = { action, method: 'POST', answerOnBridge: true, callerId, timeout: RINGING_S } as const;
  response.dial(attributes).number({ url: addresses.screen(), method: 'POST' }, number);
}

/** Clips are played; neighbouring utterances without one are said in one breath. */
function speak(parent: Speaking, utterances: readonly Utterance[], { addresses, voice }: RenderOptions): void {
  const plain = utterances.some((utterance) => utterance.plain);
  const attributes = plain ? { voice: BASIC_VOICE } : { voice: voice.name, language: voice.language };
  let words: string[] = [];
  const say = () => {
    const text = withoutIllegal(words.join(' ')).trim();
    words = [];
    if (text) parent.say(attributes as VoiceResponse.SayAttributes, text);
  };
  for (const { text, clip } of utterances) {
    if (!clip) words.push(text);
    else {
      say();
      parent.play(addresses.audio(clip.name));
    }
  }
  say();
}
