import type { Answer, Running } from './frontdesk';

/** The address for partial results in a TwiML document, with entities undone. */
export function partialAddressIn(xml: string): string {
  const found = /partialResultCallback="([^"]+)"/.exec(xml)?.[1];
  if (found === undefined) throw new Error(`no partial results are asked for in ${xml}`);
  return found.replace(/&amp;/g, '&');
}

/** What Twilio posts of words that are still being spoken. */
export const partialFields = (words: string, sequence: number): Record<string, string> => ({
  UnstableSpeechResult: words,
  StableSpeechResult: '',
  Stability: '0.9',
  SequenceNumber: String(sequence),
});

/** Tells Frontdesk of a caller's words while they speak, one version after the other, to the address in a document. */
export async function told(frontdesk: Running, xml: string, versions: readonly string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [sequence, words] of versions.entries())
    answers.push(await frontdesk.post(partialAddressIn(xml), partialFields(words, sequence)));
  return answers;
}

/** The guesses by what became of them, from the metrics. */
export async function guessesOf({ url }: Running): Promise<Record<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.matchAll(/^frontdesk_guesses_total\{outcome="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, outcome = '', count]): [string, number] => [outcome, Number(count)]));
}

/** Waits until the guesses are these, a second at most. */
export async function untilGuesses(frontdesk: Running, wanted: Record<string, number>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) {
    const now = await guessesOf(frontdesk);
    if (Object.entries(wanted).every(([outcome, count]) => now[outcome] === count)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(await guessesOf(frontdesk)).toEqual(wanted);
}
