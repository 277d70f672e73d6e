import { continueTurn, listen, sayAndListen } from './answering';
import { modeOf, needsPlainVoice, openCall, type Call, type CallFacts } from './call';
import { greetingOf } from './greeting';
import { answer, thinkAgain } from './hearing';
import { createOpenCalls, type OpenCalls } from './open-calls';
import type { ConversationParts } from './parts';
import { goOnWith, saveConversation, type SavedConversation } from './saved';
import { plainly, type Heard, type Step } from './step';
import { keepPartial } from './taking-messages';
import { trialSteps } from './trial';

/** A caller's words beyond this many characters are not listened to. */
const MAX_UTTERANCE = 2_000;
/** Answers kept for repeated webhooks of one call. */
const KEPT_ANSWERS = 8;
const FULL_HOUSE = "I'm sorry, all our lines are busy. Please call again in a few minutes. Goodbye.";
const AFTER_AN_ERROR = "I'm sorry, something went wrong for a moment. Please say that again.";
const TOO_MANY_ERRORS =
  "I'm sorry, we have technical trouble at the moment. Please call again in a few minutes. Goodbye.";
const MAX_ERRORS = 3;

/** The core: what a call is. Each method answers one webhook with what shall happen next. */
export interface Conversations {
  /** A call comes in: greets and listens. Refuses when twice too many are calling. */
  incoming(facts: CallFacts): Promise<Step[]>;
  /** The caller said something, or nothing. Without a turn number it is the next turn. */
  hear(facts: CallFacts, heard: Heard & { turn?: number | undefined }): Promise<Step[]>;
  /** The caller has heard what there was of a reply, and waits for the rest. */
  keepSpeaking(facts: CallFacts, place: { turn: number; part: number }): Promise<Step[]>;
  /** Something went wrong between the door and the caller: a way on, in the telephone's own voice. */
  recover(facts: CallFacts): Promise<Step[]>;
  /** The call is over. */
  close(callSid: string): void;
  /** The process is about to stop: what is under way is answered in one piece, since nobody will be there for more. */
  stopSoon(): void;
  /** The process stops. Resolves when what callers have left is written down. */
  closeAll(): Promise<void>;
  activeCalls(): number;
}

/** The conversations of one Frontdesk. */
export function createConversations(parts: ConversationParts): Conversations {
  const { clock, log, limits } = parts;
  const calls = createOpenCalls(clock, limits.idleMs, async (call, stopping) => {
    await keepPartial(parts, call);
    if (!stopping) parts.book.ended(call.callSid);
  });
  const find = createFinder(parts, calls);

  return {
    async incoming(facts) {
      const call = await find(facts);
      if (!call) return [{ kind: 'refuse' }];
      return once(parts, call, { key: 'incoming', make: () => greet(parts, call) });
    },
    async hear(facts, { turn, ...heard }) {
      const call = await find(facts);
      if (!call) return fullHouse();
      const number = turn || call.turnNumber + 1;
      const make = () => {
        if (number <= call.turnNumber)
          return sayAndListen(parts, call, { texts: [AFTER_AN_ERROR], mode: modeOf(call) });
        noteHeard(parts, call, { number, heard: bounded(heard) });
        call.turn?.controller.abort(new Error('the caller went on'));
        call.turnNumber = number;
        call.hops += 1;
        return trialSteps(parts, call, bounded(heard)) ?? answer(parts, call, bounded(heard));
      };
      return once(parts, call, { key: `hear ${number}`, make });
    },
    async keepSpeaking(facts, { turn: number, part }) {
      const call = await find(facts);
      if (!call) return fullHouse();
      const make = () => {
        const { turn } = call;
        call.hops += 1;
        call.handed = call.handed.map((utterance) => ({ ...utterance, heard: true }));
        if (turn?.number === number) return continueTurn(parts, call, turn);
        const again = number === call.turnNumber ? thinkAgain(parts, call) : undefined;
        if (again) return again;
        call.turnNumber = Math.max(call.turnNumber, number);
        return sayAndListen(parts, call, { texts: [AFTER_AN_ERROR], mode: modeOf(call) });
      };
      return once(parts, call, { key: `continue ${number}.${part}`, make });
    },
    async recover(facts) {
      const call = await find(facts);
      if (!call) return fullHouse();
      const steps = recovery(call);
      await writeDown(parts, call, { steps });
      return steps;
    },
    close(callSid) {
      if (calls.close(callSid)) log.info('call_ended', { callSid });
    },
    stopSoon: () => void (parts.stopping = true),
    closeAll: calls.closeAll,
    activeCalls: calls.count,
  };
}

/** Finds the call of a webhook: open here, going on from before a restart, or new. Undefined when there is no room. */
function createFinder(parts: ConversationParts, calls: OpenCalls): (facts: CallFacts) => Promise<Call | undefined> {
  const arriving = new Map<string, Promise<Call | undefined>>();
  const arrive = async (facts: CallFacts) => {
    const saved = await parts.book.reopen(facts.callSid);
    const call = admit(parts, calls, saved ? { ...facts, from: saved.from, to: saved.to } : facts);
    if (call && saved) goOnWith(call, saved);
    else if (call) parts.book.opened({ ...call, at: parts.clock.now() });
    return call;
  };
  return async (facts) => {
    const { callSid } = facts;
    const open = calls.find(callSid);
    if (open) return open;
    const coming = arriving.get(callSid) ?? arrive(facts).finally(() => arriving.delete(callSid));
    arriving.set(callSid, coming);
    return coming;
  };
}

/** Opens a call, unless twice too many are open; above the limit itself it costs nothing. */
function admit(parts: ConversationParts, calls: OpenCalls, facts: CallFacts): Call | undefined {
  const { clock, limits } = parts;
  const active = calls.count();
  if (active >= limits.maxConcurrentCalls * 2) return undefined;
  const profile = parts.profile();
  const overflow = active >= limits.maxConcurrentCalls;
  const systemPrompt = parts.systemPrompt(profile, { now: new Date(clock.now()), from: facts.from });
  const keep = limits.historyMessages * 2;
  const call = openCall({ facts, profile, systemPrompt, keep, overflow, now: clock.now() });
  calls.add(call);
  parts.counts.callOpened(overflow);
  return call;
}

function recovery(call: Call): Step[] {
  call.errors += 1;
  call.turn?.controller.abort(new Error('the call went astray'));
  call.handed = [];
  const lost = call.errors > MAX_ERRORS;
  const utterances = [{ text: lost ? TOO_MANY_ERRORS : AFTER_AN_ERROR }];
  return plainly(lost ? [{ kind: 'speak', utterances }, { kind: 'hangUp' }] : [listen(call, modeOf(call), utterances)]);
}

const fullHouse = (): Step[] => [{ kind: 'speak', utterances: [{ text: FULL_HOUSE }] }, { kind: 'hangUp' }];

function greet(parts: ConversationParts, call: Call): Promise<Step[]> {
  const clip = parts.greetingClip(call.profile);
  const text = greetingOf(call.profile);
  if (!clip) return sayAndListen(parts, call, { texts: [text], mode: 'open' });
  return Promise.resolve([listen(call, 'open', [{ text, clip }])]);
}

/** The answer to one webhook, made once; a repeat of it gets the same. A failure is not kept. */
function once(
  parts: ConversationParts,
  call: Call,
  { key, make }: { key: string; make: () => Promise<Step[]> },
): Promise<Step[]> {
  const known = call.answers.get(key);
  if (known) return known;
  const made = (needsPlainVoice(call) ? make().then(plainly) : make()).then(async (steps) => {
    parts.answered?.(call.callSid, steps);
    await writeDown(parts, call, { steps, answered: [[key, steps]] });
    return steps;
  });
  call.answers.set(key, made);
  made.catch(() => call.answers.delete(key));
  const oldest = call.answers.keys().next().value;
  if (call.answers.size > KEPT_ANSWERS && oldest !== undefined) call.answers.delete(oldest);
  return made;
}

const bounded = (heard: Heard): Heard =>
  heard.speech === undefined ? heard : { ...heard, speech: heard.speech.slice(0, MAX_UTTERANCE) };

/** What the caller was answered goes into the book, and the conversation as it stands now. */
function writeDown(
  { book, clock }: ConversationParts,
  call: Call,
  { steps, answered = [] }: { steps: readonly Step[]; answered?: SavedConversation['answers'] },
): Promise<void> {
  const { callSid, turnNumber: turn } = call;
  const utterances = steps.flatMap((step) => ('utterances' in step ? step.utterances : []));
  if (utterances.length > 0) book.said({ callSid, turn, at: clock.now(), utterances });
  return book.keep(callSid, saveConversation(call, answered));
}

function noteHeard(
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
