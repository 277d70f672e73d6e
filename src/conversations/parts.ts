import type { Clock } from '../common/clock';
import type { Log } from '../common/log';
import type { Profile } from '../common/profile';
import type { CallLimits, Limit } from '../common/rules';
import type { GuessOutcome } from '../common/speculation';
import type { CallBook } from './book';
import type { CallFacts } from './call';
import type { Hedge } from './hedge';
import type { Step } from './step';
import type { Clip, Reply, SaveMessage, Speak, Voice } from './ports';
import type { Speculation } from './speculation/speculation';

/** How a turn went. Times are ms after the caller's words came. */
export interface TurnTiming {
  callSid: string;
  turn: number;
  /** Who answered: a model's name, or the built-in answerer. */
  rung: string;
  firstWordsMs: number;
  firstClipMs: number;
  firstAudioMs: number;
  /** Absent where the caller hung up or went on before its end. */
  wholeReplyMs: number | undefined;
  split: boolean;
  /** How long before the caller's words the reply was begun; undefined where it was begun with them. */
  leadMs: number | undefined;
}

/** Where the core counts what happens. */
export interface ConversationCounts {
  callOpened(overflow: boolean): void;
  turnAnswered(turn: TurnTiming): void;
  rungFailed(rung: string, reason: string): void;
  messageTaken(): void;
  guessed(outcome: GuessOutcome): void;
}

/** Everything the core asks of the world around it. */
export interface ConversationParts {
  /** The profile a new call is to use. */
  profile: () => Profile;
  systemPrompt: (
    profile: Profile,
    call: { now: Date; from: string | undefined; calling?: string | undefined },
  ) => string;
  voice: (profile: Profile) => Voice;
  /** The models in the order in which they are asked, two at most. Each costs money; none is needed. */
  models: readonly { name: string; reply: Reply }[];
  /** Asks the second model sooner than it would be, when the first is later than usual. */
  hedge?: Hedge;
  /** Answers without any service, at no cost, and never fails. */
  answerer: Reply;
  /** The answer to a question, if it stands in the profile. */
  lookUp: (question: string, profile: Profile) => string | undefined;
  speak?: Speak | undefined;
  /** The clip of a fixed phrase, once it is made. */
  phraseClip: (text: string) => Clip | undefined;
  greetingClip: (profile: Profile) => Clip | undefined;
  /** Which of these clips can be had, by their names. */
  soundsHere: (names: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Said before the greeting, where the owner has to ask for consent. */
  consent: () => string | undefined;
  saveMessage: SaveMessage;
  book: CallBook;
  counts: ConversationCounts;
  /** Told what a webhook of a call is answered with. Must not throw. */
  answered?: (callSid: string, steps: readonly Step[]) => void;
  clock: Clock;
  log: Log;
  limits: ConversationLimits;
  /** Whether a call that begins now is better answered without any service, before those under way notice. */
  isCrowded?: () => boolean;
  rules: CallRules;
  /** Begins replies before a caller has finished; without it none ever is. */
  speculation?: Speculation;
  /** Set when the process is about to stop. */
  stopping?: boolean;
}

/** How far calls go and who may call, by the owner's rules as they are now. Callers never wait for an answer here. */
export interface CallRules {
  limits(): CallLimits;
  /** The numbers of callers who get the busy tone, in E.164 form. */
  blocked(): readonly string[];
  /** Counts a call that begins, once, and tells which limit of the day had been reached before it. */
  limitOfDay(call: CallFacts): Limit | undefined;
}

/** Times in ms. */
export interface ConversationLimits {
  historyMessages: number;
  maxConcurrentCalls: number;
  coalesceMs: number;
  idleMs: number;
}
