/** The URLs Twilio is told. `base` is empty for callers on this machine, whose URLs are relative. */
export interface Addresses {
  /** Without a turn number it is the next one, whichever that is. */
  process(turn?: number): string;
  /** Where the words of a turn are told while they are spoken. */
  partial(turn: number): string;
  continue(turn: number, part: number): string;
  audio(name: string): string;
  /** Where a person who is rung hears who is calling, where their key goes, and where it ends. */
  screen(): string;
  screened(): string;
  transferred(turn: number): string;
  /** Where a caller goes on after a recording, and where Twilio tells of its file. */
  recorded(turn: number): string;
  recording(): string;
}

/** The addresses of one call. */
export function addressesOf(base: string, callSid: string): Addresses {
  const call = `call_sid=${encodeURIComponent(callSid.replace(/\p{Cs}/gu, ''))}`;
  return {
    process: (turn) => `${base}/api/voice/process?${call}${turn === undefined ? '' : `&turn=${turn}`}`,
    partial: (turn) => `${base}/api/voice/partial?${call}&turn=${turn}`,
    continue: (turn, part) => `${base}/api/voice/continue?${call}&turn=${turn}&part=${part}`,
    screen: () => `${base}/api/voice/screen?${call}`,
    screened: () => `${base}/api/voice/screened?${call}`,
    transferred: (turn) => `${base}/api/voice/transferred?${call}&turn=${turn}`,
    recorded: (turn) => `${base}/api/voice/recorded?${call}&turn=${turn}`,
    recording: () => `${base}/api/voice/recording?${call}`,
    audio: (name) => `${base}/api/voice/audio/${name}`,
  };
}
