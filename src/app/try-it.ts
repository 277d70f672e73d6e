import { randomBytes } from 'node:crypto';
import type { Log } from '../common/log';
import type { TurnTiming } from '../conversations/parts';
import type { Step } from '../conversations/step';
import type { CallEvent } from '../simulator/call-report';
import type { PhoneLine } from '../simulator/phone-line';
import { createBrowserCaller, type BrowserCaller } from './browser-caller';

const MOST_CALLS = 5;
const LONGEST_CALL_MS = 10 * 60_000;
/** How long a call goes on that nobody listens to, and how long one that is over is remembered. */
const UNHEARD_MS = 15_000;

/** What the page is told while its call runs. Times in ms. */
export type TryItEvent =
  | { kind: 'heard'; by: 'say' | 'play'; text: string; url?: string; durationMs: number; mayInterrupt: boolean }
  | { kind: 'caller'; text: string }
  | { kind: 'listening' }
  | { kind: 'twiml'; xml: string; path: string; ms: number }
  | { kind: 'timing'; turn: number; rung: string; firstWordsMs: number; firstAudioMs: number; wholeReplyMs: number }
  | { kind: 'problem'; text: string }
  | { kind: 'ended'; by: 'server' | 'caller' | 'problem' };

/** Where the calls go and how they are known as this machine's. */
export interface TryItOptions {
  localKey: string;
  publicBaseUrl: () => string | undefined;
  phoneNumber: () => string | undefined;
  log: Log;
}

interface BrowserCall {
  callSid: string;
  events: TryItEvent[];
  listeners: Set<(event: TryItEvent) => void>;
  caller: BrowserCaller;
  hangUp: AbortController;
  over: boolean;
  /** What clips say, by the clip's name. */
  words: Map<string, string>;
  unheard: NodeJS.Timeout | undefined;
}

/** Calls from the console's telephone. Each is the simulator's, over HTTP to this very server. */
export type TryIt = ReturnType<typeof createTryIt>;

/** The telephone's exchange. `answered` and `turnAnswered` are what the core tells of its calls. */
export function createTryIt(options: TryItOptions) {
  const calls = new Map<string, BrowserCall>();
  const bySid = (callSid: string) => [...calls.values()].find((call) => call.callSid === callSid);

  /** Places a call to the server at `url`; undefined when too many are under way. */
  function dial(url: string): string | undefined {
    if ([...calls.values()].filter(({ over }) => !over).length >= MOST_CALLS) return undefined;
    const id = randomBytes(16).toString('hex');
    const call = openBrowserCall();
    calls.set(id, call);
    leaveWhenUnheard(call);
    void seeThrough(call, lineFor(call, { ...options, url }), options.log).then(() => {
      setTimeout(() => calls.delete(id), UNHEARD_MS).unref();
    });
    return id;
  }

  return {
    dial,
    /** Hands over what has happened so far and what happens next; gives the way to stop. Undefined for no such call. */
    listen(id: string, listener: (event: TryItEvent) => void): (() => void) | undefined {
      const call = calls.get(id);
      if (!call) return undefined;
      call.events.forEach(listener);
      call.listeners.add(listener);
      clearTimeout(call.unheard);
      return () => {
        call.listeners.delete(listener);
        if (call.listeners.size === 0) leaveWhenUnheard(call);
      };
    },
    say: (id: string, words: string): boolean => calls.get(id)?.caller.act({ say: words }) ?? false,
    press: (id: string, keys: string): boolean => calls.get(id)?.caller.act({ press: keys }) ?? false,
    /** The caller is about to say something: silence does not count yet. */
    typing: (id: string): void => calls.get(id)?.caller.typing(),
    hangUp: (id: string): void => calls.get(id)?.hangUp.abort(),
    answered(callSid: string, steps: readonly Step[]): void {
      const call = bySid(callSid);
      for (const step of steps) {
        for (const { clip, text } of 'utterances' in step ? step.utterances : [])
          if (clip) call?.words.set(clip.name, text);
      }
    },
    turnAnswered({ callSid, turn, rung, firstWordsMs, firstAudioMs, wholeReplyMs }: TurnTiming): void {
      const call = bySid(callSid);
      if (call && wholeReplyMs !== undefined)
        tell(call, { kind: 'timing', turn, rung, firstWordsMs, firstAudioMs, wholeReplyMs });
    },
    close: () => calls.forEach(({ hangUp }) => hangUp.abort()),
  };
}

function lineFor(call: BrowserCall, { url, localKey, publicBaseUrl, phoneNumber }: TryItOptions & { url: string }) {
  const [publicUrl, to] = [publicBaseUrl(), phoneNumber()];
  return {
    url,
    authToken: localKey,
    signFor: 'posted', // the local key is for this machine's own address
    callSid: call.callSid,
    pace: call.caller.wait,
    signal: call.hangUp.signal,
    onEvent: (event: CallEvent) => take(call, event),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(to === undefined ? {} : { to }),
  } satisfies PhoneLine;
}

/** Places the call and waits for its end, which comes in any case. */
async function seeThrough(call: BrowserCall, line: PhoneLine, log: Log): Promise<void> {
  const longest = setTimeout(() => call.hangUp.abort(), LONGEST_CALL_MS).unref();
  try {
    const { placeCall } = await import('../simulator/place-call.js');
    await placeCall(line, call.caller.script);
  } catch (error) {
    log.error('try_it', { data: { error: error instanceof Error ? error.name : typeof error } });
  } finally {
    call.over = true;
    clearTimeout(longest);
    clearTimeout(call.unheard);
  }
}

function openBrowserCall(): BrowserCall {
  const hangUp = new AbortController();
  return {
    callSid: `CA${randomBytes(16).toString('hex')}`,
    events: [],
    listeners: new Set(),
    caller: createBrowserCaller(hangUp.signal),
    hangUp,
    over: false,
    words: new Map(),
    unheard: undefined,
  };
}

/** A page that was closed does not hang up by itself. */
function leaveWhenUnheard(call: BrowserCall): void {
  clearTimeout(call.unheard);
  call.unheard = setTimeout(() => call.hangUp.abort(), UNHEARD_MS).unref();
}

function tell(call: BrowserCall, event: TryItEvent): void {
  call.events.push(event);
  call.listeners.forEach((listener) => listener(event));
}

function take(call: BrowserCall, event: CallEvent): void {
  call.caller.notice(event);
  const shown = shownOf(call, event);
  if (shown) tell(call, shown);
}

function shownOf(call: BrowserCall, event: CallEvent): TryItEvent | undefined {
  if (event.kind === 'heard') return heardBy(call, event.heard);
  if (event.kind === 'document') {
    const { url, xml, ms } = event.document;
    return { kind: 'twiml', xml, path: new URL(url).pathname, ms: Math.round(ms) };
  }
  if (event.kind === 'caller') return { kind: 'caller', text: wordsOf(event.act) };
  if (event.kind === 'problem') return { kind: 'problem', text: event.problem.message };
  if (event.kind === 'ended') return { kind: 'ended', by: event.by };
  return event.kind === 'listening' ? { kind: 'listening' } : undefined;
}

function heardBy(call: BrowserCall, heard: Extract<CallEvent, { kind: 'heard' }>['heard']): TryItEvent {
  const { by, text, clipUrl, durationMs, insideGather } = heard;
  const path = clipUrl === undefined ? undefined : new URL(clipUrl).pathname;
  const words = text ?? call.words.get(path?.split('/').at(-1) ?? '') ?? '';
  return { kind: 'heard', by, text: words, durationMs, mayInterrupt: insideGather, ...(path ? { url: path } : {}) };
}

function wordsOf(act: Extract<CallEvent, { kind: 'caller' }>['act']): string {
  if ('say' in act) return act.say;
  if ('press' in act) return `keys ${act.press}`;
  return 'silent' in act ? '(silence)' : '(hangs up)';
}
