import type { VerbAtWork } from '../call';
import { speakMs } from '../pace';
import { postCallback, usualFields } from '../webhook';

/**
 * Says words, one after the other, and tells a Gather's partialResultCallback of each, one more every time. The caller
 * does not wait for the answers, which Twilio ignores: `taken` resolves when all of them are there. A failure is a
 * warning here.
 */
export async function speakAndTell(atWork: VerbAtWork, words: string): Promise<{ taken: Promise<unknown> }> {
  const { pace } = atWork.call;
  const callback = atWork.verb.attributes['partialResultCallback'];
  const told: Promise<void>[] = [];
  const parts = growing(words);
  for (const [number, said] of parts.entries()) {
    await pace.wait(speakMs(words) / parts.length);
    if (callback) told.push(tell(atWork, { callback, said, number }));
  }
  return { taken: Promise.all(told) };
}

async function tell(
  { call, verb, document }: VerbAtWork,
  { callback, said, number }: { callback: string; said: string; number: number },
): Promise<void> {
  const address = call.addresses.follow(callback, document.address);
  const method = verb.attributes['partialResultCallbackMethod'] === 'GET' ? 'GET' : 'POST';
  const partial = {
    UnstableSpeechResult: said,
    StableSpeechResult: '',
    Stability: '0.9',
    SequenceNumber: `${number}`,
  };
  const fields = { ...usualFields(call, 'in-progress'), ...partial };
  const problem = await postCallback(call, address, { method, fields });
  if (problem === undefined) return;
  call.journal.tell({ kind: 'warning', warning: `A partial result was not taken: ${problem}` });
}

function growing(words: string): string[] {
  const list = words.split(/\s+/);
  return list.map((_, at) => list.slice(0, at + 1).join(' '));
}
