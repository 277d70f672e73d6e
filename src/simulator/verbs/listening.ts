import type { Element } from '../twiml/parse';

/** How a Gather listens. Times in ms. */
export interface Listening {
  speech: boolean;
  keys: boolean;
  numDigits: number | undefined;
  /** Empty: no key ends the input. */
  finishOnKey: string;
  timeoutMs: number;
  /** The pause after which speech counts as finished. */
  endOfSpeechMs: number;
  hints: string[];
}

/** Reads a Gather's attributes, with Twilio's defaults for what is missing or wrong. */
export function listeningOf({ attributes }: Element): Listening {
  const input = (attributes['input'] ?? 'dtmf').split(' ');
  const numDigits = Number(attributes['numDigits']);
  const timeoutMs = secondsOf(attributes['timeout']) ?? 5_000;
  const auto = attributes['speechTimeout'] === 'auto';
  return {
    speech: input.includes('speech'),
    keys: input.includes('dtmf'),
    numDigits: numDigits > 0 ? numDigits : undefined,
    finishOnKey: attributes['finishOnKey'] ?? '#',
    timeoutMs,
    // "auto" is the first pause, some 800 ms; without a value it is the timeout.
    endOfSpeechMs: auto ? 800 : (secondsOf(attributes['speechTimeout']) ?? timeoutMs),
    hints: (attributes['hints'] ?? '').split(',').flatMap((hint) => hint.trim() || []),
  };
}

/** What became of pressed keys. `finishedOnKey` is empty when a count or a pause ended them; `left` came too late. */
export interface TypedKeys {
  digits: string;
  finishedOnKey: string;
  endedByPause: boolean;
  left: string;
}

/** Takes keys one by one until the count is reached, the finishing key is pressed, or they run out. */
export function takeKeys(keys: string, { numDigits, finishOnKey }: Listening): TypedKeys {
  let digits = '';
  for (const [at, key] of Array.from(keys).entries()) {
    const left = keys.slice(at + 1);
    if (key === finishOnKey) {
      // The finishing key works only after a digit.
      if (digits === '') continue;
      return { digits, finishedOnKey: key, endedByPause: false, left };
    }
    digits += key;
    if (digits.length === numDigits) return { digits, finishedOnKey: '', endedByPause: false, left };
  }
  return { digits, finishedOnKey: '', endedByPause: true, left: '' };
}

function secondsOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) * 1000 : undefined;
}
