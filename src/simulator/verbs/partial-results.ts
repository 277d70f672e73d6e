import type { VerbAtWork } from '../call';
import { postCallback, usualFields } from '../webhook';

/**
 * Tells a Gather's partialResultCallback of the caller's words, one more each time, before they are finished. Twilio
 * ignores the answers; here a failure is a warning.
 */
export async function sendPartialResults({ call, verb, document }: VerbAtWork, words: string): Promise<void> {
  const callback = verb.attributes['partialResultCallback'];
  if (callback === undefined || callback === '') return;
  const address = call.addresses.follow(callback, document.address);
  const method = verb.attributes['partialResultCallbackMethod'] === 'GET' ? 'GET' : 'POST';
  for (const [number, said] of growing(words).entries()) {
    const partial = {
      UnstableSpeechResult: said,
      StableSpeechResult: '',
      Stability: '0.9',
      SequenceNumber: `${number}`,
    };
    const fields = { ...usualFields(call, 'in-progress'), ...partial };
    const problem = await postCallback(call, address, { method, fields });
    if (problem === undefined) continue;
    call.journal.tell({ kind: 'warning', warning: `A partial result was not taken: ${problem}` });
  }
}

function growing(words: string): string[] {
  const list = words.split(/\s+/);
  return list.map((_, at) => list.slice(0, at + 1).join(' '));
}
