import type { Call } from './call';
import type { ConversationParts } from './parts';
import { saveConversation, type SavedConversation } from './saved';
import { utterancesIn, type Heard, type Step } from './step';

/** What the caller was answered goes into the book, and the conversation as it stands now. Resolves once both are there. */
export function writeDown(
  { book, clock, voice }: ConversationParts,
  call: Call,
  { steps, answered = [] }: { steps: readonly Step[]; answered?: SavedConversation['answers'] },
): Promise<void> {
  const { callSid, turnNumber: turn } = call;
  const utterances = utterancesIn(steps);
  if (utterances.length > 0) book.said({ callSid, turn, at: clock.now(), utterances, voice: voice(call.profile).name });
  book.keep(callSid, saveConversation(call, answered));
  return book.written();
}

/** What the caller said goes into the book and, without the words, into the log. */
export function noteHeard(
  { log, book, clock }: ConversationParts,
  call: Call,
  { number: turn, heard }: { number: number; heard: Heard },
): void {
  const { speech, digits, confidence } = heard;
  book.heard({ callSid: call.callSid, turn, at: clock.now(), words: speech, confidence, digits });
  log.info('stt', {
    callSid: call.callSid,
    data: { characters: speech?.length ?? 0, digits: digits?.length ?? 0, confidence: confidence ?? null },
    ...(speech ? { words: speech } : {}),
  });
}
