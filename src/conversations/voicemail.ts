import { recordStep, sayAndListen } from './answering';
import { answerOnce } from './answer-once';
import type { Call, CallFacts } from './call';
import type { Draft, Ending } from './draft';
import type { ConversationParts } from './parts';
import type { Voicemail } from './ports';
import type { Step } from './step';
import { beginTaking, saveWithin } from './taking-messages';
import { ANSWERER } from './turn';

const AFTER_THE_TONE =
  'After the tone, please say your name, your number and what it is about. Press the hash key when you are done.';
const RECORDED = 'Thank you. Your message is recorded.';
const NOTHING_RECORDED = "I'm sorry, I heard nothing. Please call again.";

/** Has the caller speak to a recording, where words are not understood. A trial call has none: it takes a message. */
export async function beginVoicemail(parts: ConversationParts, call: Call, opening: string): Promise<Step[]> {
  if (call.trial) return beginTaking(parts, call, opening);
  const said = await sayAndListen(parts, call, { texts: [opening, AFTER_THE_TONE], mode: 'hangUp' });
  return [...said.filter(({ kind }) => kind === 'speak'), recordStep(call)];
}

/** The same at the end of a reply that is being made. */
export function beginVoicemailWithin(draft: Draft, opening: string): Ending {
  draft.discard();
  draft.say(`${opening} ${AFTER_THE_TONE}`);
  return { kind: 'record' };
}

/** Neither a model nor the voice could be had: what is left is to record. */
export const nothingWorks = ({ models, speak }: ConversationParts, call: Call, rung: string): boolean =>
  rung === ANSWERER && models.length > 0 && speak !== undefined && call.voiceFailed && !call.trial && !call.overflow;

/** The name under which a voicemail is written down, however often Twilio tells of it. */
export const voicemailId = ({ sid }: Voicemail): string => `voicemail-${sid}`;

/** What happens with a recording that Twilio has made. */
export interface Voicemails {
  /** The caller has finished, or hung up; without a voicemail nothing was recorded. */
  recorded(facts: CallFacts, made: { turn: number; voicemail: Voicemail | undefined }): Promise<Step[]>;
}

/** The webhook after a recording. It is Twilio's to keep until it is fetched, so the caller can be told at once. */
export function createVoicemails(
  parts: ConversationParts,
  known: (callSid: string) => Promise<Call | undefined>,
): Voicemails {
  return {
    async recorded(facts, { turn, voicemail }) {
      const call = await known(facts.callSid);
      if (!call) return [{ kind: 'hangUp' }];
      return answerOnce(parts, call, { key: `recorded ${turn}`, make: () => afterRecording(parts, call, voicemail) });
    },
  };
}

async function afterRecording(parts: ConversationParts, call: Call, voicemail: Voicemail | undefined): Promise<Step[]> {
  const { goodbye } = call.profile.phrases;
  if (!voicemail) return sayAndListen(parts, call, { texts: [NOTHING_RECORDED, goodbye], mode: 'hangUp' });
  const none = { name: undefined, number: call.from, reason: undefined };
  await saveWithin(parts, call, { ...none, id: voicemailId(voicemail), partial: false, voicemail });
  parts.counts.messageTaken();
  return sayAndListen(parts, call, { texts: [RECORDED, goodbye], mode: 'hangUp' });
}
