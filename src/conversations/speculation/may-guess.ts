import type { Call } from '../call';
import { intentOf, isEcho, isNoise } from '../caller-intent';
import { limitReached } from '../limits';
import { saysKeyword } from '../may-transfer';
import type { ConversationParts } from '../parts';
import { needsWarning } from '../warning';

/** Whether what a caller says next can lead to a model, as far as the call itself goes. */
export const mayAskModel = ({ overflow, limited, trial, taking, taken, asking }: Call): boolean =>
  !overflow && !limited && !trial && !taking && !taken && !asking;

/** Whether these words would: what the core answers itself needs no reply of a model (see hearing.ts). */
export function leadsToModel(parts: ConversationParts, call: Call, words: string): boolean {
  if (!mayAskModel(call) || parts.models.length === 0 || words.trim() === '') return false;
  const intent = intentOf(words);
  if (intent !== undefined && intent !== 'farewell') return false;
  if (isNoise(words) || isEcho(words, call.handed.map(({ text }) => text).join(' '))) return false;
  return !saysKeyword(call, words) && !needsWarning(call, words) && limitReached(parts, call) === undefined;
}
