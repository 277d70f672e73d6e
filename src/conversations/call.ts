import type { Profile } from '../common/profile';
import type { Limit } from '../common/rules';
import type { Asking } from './asking-more';
import type { Handed } from './audible';
import type { Draft, Ending } from './draft';
import type { History } from './history';
import type { Climbed } from './ladder';
import type { MessageState } from './message/dialogue';
import type { Note, Tokens } from './ports';
import type { Ahead } from './speculation/ahead';
import type { Stages } from './stages';
import type { ListeningMode, Step, Utterance } from './step';

/** What a door knows of a call. `from` is an E.164 number, or whatever stands in its place. */
export interface CallFacts {
  callSid: string;
  from?: string | undefined;
  to?: string | undefined;
  /** Who forwarded the call here, where the carrier tells. */
  forwardedFrom?: string | undefined;
  /** Placed by a program on this machine, to try Frontdesk. */
  test?: boolean;
  /** On a Twilio trial account, which ends calls early. */
  trial?: boolean;
  /** What we call about, where we have placed the call. */
  calling?: string | undefined;
}

/** A call being put through: `accepted` once the person has pressed 1, `over` when their part has ended. */
export interface Transfer {
  accepted: boolean;
  over?: boolean;
  reason?: string | undefined;
}

/** A message being taken, or taken: its id stays, so that a correction replaces it. */
export interface MessageInHand {
  id: string;
  state: MessageState;
  mode: ListeningMode;
}

/** Decides how a reply ends, once its words are complete; may add words of its own to the draft. */
export type Settle = (climbed: Climbed, draft: Draft) => Ending;

/** One exchange: the caller's words in, a reply out, possibly over several webhooks. */
export interface Turn {
  readonly number: number;
  /** In ms since 1970, and by the clock that never jumps. */
  readonly startedAt: number;
  readonly startedTick: number;
  readonly controller: AbortController;
  readonly draft: Draft;
  holdings: number;
  part: number;
  firstAudioMs: number | undefined;
  /** Its times are told of, as they are once only. */
  isTimed: boolean;
  rung: string;
  tokens: Tokens | undefined;
  /** How long before the caller's words its reply was begun, in ms; undefined where it was begun with them. */
  readonly leadMs: number | undefined;
  readonly settle: Settle;
}

/** A turn whose reply is handed out whole: what is still asked about it. */
export interface RepliedTurn {
  readonly number: number;
  readonly stages: Stages;
}

/** An open call: everything Frontdesk remembers of it. */
export interface Call {
  readonly callSid: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly test: boolean;
  readonly trial: boolean;
  /** What we call about, where we have placed the call; then `from` is whom we called. */
  readonly calling: string | undefined;
  /** Webhooks after the first. */
  hops: number;
  readonly profile: Profile;
  history: History;
  /** What a model is told before the history; it is long and therefore composed when it is asked for, not kept. */
  readonly systemPrompt: () => string;
  /** Answered by the built-in answerer and the telephone's own voice alone, because too many are calling. */
  readonly overflow: boolean;
  /** In ms since 1970. */
  openedAt: number;
  /** When its last webhook came, in ms since 1970. */
  touchedAt: number;
  turnNumber: number;
  /** The turn at work, until its reply is handed out whole. */
  turn: Turn | undefined;
  repliedTurn: RepliedTurn | undefined;
  /** What is known of the coming turn while the caller still speaks. */
  ahead: Ahead | undefined;
  /** The answers to its latest webhooks, so that a repeat gets the same one and costs nothing. */
  readonly answers: Map<string, Promise<Step[]>>;
  /** The reply being heard, as it was handed to the door. */
  handed: Handed[];
  /** What was said last, for a caller who wants it repeated. */
  lastSaid: readonly Utterance[];
  silences: number;
  misunderstood: number;
  errors: number;
  ignoredNoise: boolean;
  waiting: boolean;
  holdings: number;
  taking: MessageInHand | undefined;
  taken: MessageInHand | undefined;
  /** Set once the call was put through, or tried to be. */
  transfer: Transfer | undefined;
  /** What was to be said could not be voiced, on this call. */
  voiceFailed: boolean;
  /** The words of danger after which the emergency number was told. */
  warnedOf: readonly string[];
  /** Told that nobody can be rung. */
  toldNobody: boolean;
  /** The owner's own questions, after a message. */
  asking: Asking | undefined;
  /** What the caller told of the profile's fields, each once. */
  notes: readonly Note[];
  /** What models read and made for it, as far as it is known. */
  tokens: number;
  /** Turns in a row that led nowhere, and what was heard in the latest. */
  unproductive: number;
  heardLately: readonly string[];
  /** The limit it has reached, and the last turn there is for a message. */
  limited: { limit: Limit; lastTurn: number } | undefined;
}

const OF_THE_DAY: readonly (Limit | undefined)[] = ['callsPerCallerPerDay', 'callsPerDay', 'spendPerDay'];

/** Whether a call has no voice but the telephone's own: too many are calling, or a limit of the day is reached. */
export const isFrugal = ({ overflow, limited }: Call): boolean => overflow || OF_THE_DAY.includes(limited?.limit);

/** After a second error on a call neither its clips nor its voice are trusted any more. */
export const needsPlainVoice = ({ errors }: Call): boolean => errors >= 2;

/** How the call listens when nothing else is said of it: as the message being taken asks, else openly. */
export const modeOf = ({ taking }: Call): ListeningMode => taking?.mode ?? 'open';

/** What a call begins with. */
export interface OpeningCall {
  facts: CallFacts;
  profile: Profile;
  systemPrompt: () => string;
  overflow: boolean;
  now: number;
}

/** A call that has just begun. */
export function openCall({ facts, profile, systemPrompt, overflow, now }: OpeningCall): Call {
  return {
    callSid: facts.callSid,
    from: facts.from,
    to: facts.to,
    test: facts.test === true,
    trial: facts.trial === true,
    calling: facts.calling,
    hops: 0,
    profile,
    history: [],
    systemPrompt,
    overflow,
    openedAt: now,
    touchedAt: now,
    turnNumber: 0,
    turn: undefined,
    repliedTurn: undefined,
    ahead: undefined,
    answers: new Map(),
    handed: [],
    lastSaid: [],
    silences: 0,
    misunderstood: 0,
    errors: 0,
    ignoredNoise: false,
    waiting: false,
    holdings: 0,
    taking: undefined,
    taken: undefined,
    transfer: undefined,
    voiceFailed: false,
    warnedOf: [],
    toldNobody: false,
    asking: undefined,
    notes: [],
    tokens: 0,
    unproductive: 0,
    heardLately: [],
    limited: undefined,
  };
}
