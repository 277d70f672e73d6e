import { continueTurn, listen, recordStep, remember, sayAndListen, sayBefore, voicedTexts } from './answering';
import { answerOnce } from './answer-once';
import { modeOf, type Call, type CallFacts } from './call';
import { createCallingOut, isUnspoken, type CallingOut } from './calling-out';
import { createFinder } from './find-call';
import { greetingOf } from './greeting';
import { greetForMessage } from './limits';
import { answer, thinkAgain } from './hearing';
import { createOpenCalls } from './open-calls';
import type { ConversationParts } from './parts';
import type { PartialResult } from './speculation/speculation';
import { plainly, type Heard, type Step } from './step';
import { stagesOf, type Stages } from './stages';
import { keepPartial } from './taking-messages';
import { createTransfers, type Transfers } from './transfers';
import { trialSteps } from './trial';
import { createVoicemails, type Voicemails } from './voicemail';
import { noteHeard, writeDown } from './write-down';

/** A caller's words beyond this many characters are not listened to. */
const MAX_UTTERANCE = 2_000;
const FULL_HOUSE = "I'm sorry, all our lines are busy. Please call again in a few minutes. Goodbye.";
const AFTER_AN_ERROR = "I'm sorry, something went wrong for a moment. Please say that again.";
const TOO_MANY_ERRORS =
  "I'm sorry, we have technical trouble at the moment. Please leave a message after the tone, or call again later.";
const MAX_ERRORS = 3;

/** The core: what a call is. Each method answers one webhook with what shall happen next. */
export interface Conversations extends Transfers, Voicemails, CallingOut {
  /** A call comes in: greets and listens. Refuses when twice too many are calling. */
  incoming(facts: CallFacts): Promise<Step[]>;
  /** The caller said something, or nothing. Without a turn number it is the next turn. */
  hear(facts: CallFacts, heard: Heard & { turn?: number | undefined }): Promise<Step[]>;
  /** What the caller has said so far of a turn. Does nothing for a call that is not open, and never throws. */
  hearPartial(callSid: string, partial: PartialResult): void;
  /** The caller has heard what there was of a reply, and waits for the rest. */
  keepSpeaking(facts: CallFacts, place: { turn: number; part: number }): Promise<Step[]>;
  /** Something went wrong between the door and the caller: a way on, in the telephone's own voice. */
  recover(facts: CallFacts): Promise<Step[]>;
  /** Where the time of the call's latest reply went. */
  stages(callSid: string): Stages;
  /** The call is over. Resolves when what its caller left is written down. */
  close(callSid: string): Promise<void>;
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
  const { find, known } = createFinder(parts, calls);
  const on = async (facts: CallFacts, work: (call: Call) => Promise<Step[]>): Promise<Step[]> => {
    const call = await find(facts);
    if (typeof call === 'string') return [{ kind: 'hangUp' }];
    return call ? work(call) : fullHouse();
  };

  const callingOut = createCallingOut(parts, { on, known });

  return {
    async incoming(facts) {
      const call = await find(facts);
      if (!call || typeof call === 'string') return [{ kind: 'refuse' }];
      return answerOnce(parts, call, { key: 'incoming', make: () => greet(parts, call) });
    },
    hear: (facts, { turn, ...heard }) =>
      on(facts, (call) => {
        const number = turn || call.turnNumber + 1;
        const make = () => hearTurn(parts, call, { number, heard: bounded(heard) });
        return answerOnce(parts, call, { key: `hear ${number}`, make });
      }),
    hearPartial(callSid, partial) {
      const call = calls.find(callSid);
      if (call) parts.speculation?.heard(parts, call, { ...partial, words: partial.words.slice(0, MAX_UTTERANCE) });
    },
    keepSpeaking: (facts, place) =>
      on(facts, (call) => {
        const make = () => speakOn(parts, call, place);
        return answerOnce(parts, call, { key: `continue ${place.turn}.${place.part}`, make });
      }),
    recover: (facts) =>
      on(facts, async (call) => {
        if (isUnspoken(call)) return callingOut.outgoing(facts, { machine: false });
        const steps = recovery(call);
        await writeDown(parts, call, { steps });
        return steps;
      }),
    ...createTransfers(parts, known),
    ...createVoicemails(parts, known),
    ...callingOut,
    stages: (callSid) => latestStages(calls.find(callSid)),
    async close(callSid) {
      await known(callSid); // also one that went on before a restart, whose caller may have left something
      const closing = calls.close(callSid);
      if (closing) log.info('call_ended', { callSid });
      await closing;
    },
    stopSoon: () => void (parts.stopping = true),
    closeAll: calls.closeAll,
    activeCalls: calls.count,
  };
}

const latestStages = (call: Call | undefined): Stages =>
  call?.turn ? stagesOf(call.turn) : (call?.repliedTurn?.stages ?? {});

/** The caller's part of a turn. One that came too late is not heard any more. */
function hearTurn(
  parts: ConversationParts,
  call: Call,
  { number, heard }: { number: number; heard: Heard },
): Promise<Step[]> {
  if (number <= call.turnNumber) return sayUnheard(parts, call);
  noteHeard(parts, call, { number, heard });
  const { ahead } = call;
  ahead?.final(heard.digits ? undefined : heard.speech);
  call.turn?.controller.abort(new Error('the caller went on'));
  call.turnNumber = number;
  call.hops += 1;
  const answered = trialSteps(parts, call, heard) ?? answer(parts, call, heard);
  return answered.finally(() => {
    ahead?.end();
    if (call.ahead === ahead) call.ahead = undefined;
  });
}

/** A webhook that came too late is answered to nobody: what it says is no part of the conversation. */
async function sayUnheard(parts: ConversationParts, call: Call): Promise<Step[]> {
  return [listen(call, modeOf(call), await voicedTexts(parts, call, [AFTER_AN_ERROR]))];
}

/** The rest of a turn's reply; one that was lost with a restart is made again. */
async function speakOn(
  parts: ConversationParts,
  call: Call,
  { turn: number, part }: { turn: number; part: number },
): Promise<Step[]> {
  call.hops += 1;
  if (call.repliedTurn?.number === number) return [listen(call, modeOf(call))];
  if (call.turn?.number === number && part < call.turn.part)
    return [{ kind: 'comeBack', turn: number, part: call.turn.part }];
  call.handed = call.handed.map((utterance) => ({ ...utterance, heard: true }));
  if (call.turn?.number === number) return continueTurn(parts, call, call.turn);
  const again = number === call.turnNumber ? thinkAgain(parts, call) : undefined;
  if (again) return again;
  call.turnNumber = Math.max(call.turnNumber, number);
  return sayAndListen(parts, call, { texts: [AFTER_AN_ERROR], mode: modeOf(call) });
}

function recovery(call: Call): Step[] {
  call.errors += 1;
  call.turn?.controller.abort(new Error('the call went astray'));
  call.handed = [];
  const lost = call.errors > MAX_ERRORS;
  const utterances = [{ text: lost ? TOO_MANY_ERRORS : AFTER_AN_ERROR }];
  if (!lost) return plainly([listen(call, modeOf(call), utterances)]);
  const last: Step = call.trial || call.errors > MAX_ERRORS + 1 ? { kind: 'hangUp' } : recordStep(call);
  return plainly([{ kind: 'speak', utterances }, last]);
}

const fullHouse = (): Step[] => [{ kind: 'speak', utterances: [{ text: FULL_HOUSE }] }, { kind: 'hangUp' }];

/** Consent comes before the question, since who answers that talks over the rest. */
async function greet(parts: ConversationParts, call: Call): Promise<Step[]> {
  const consent = parts.consent();
  const steps = await ask(parts, call);
  return sayBefore(parts, call, { texts: consent === undefined ? [] : [consent], steps });
}

function ask(parts: ConversationParts, call: Call): Promise<Step[]> | Step[] {
  const clip = parts.greetingClip(call.profile);
  const text = greetingOf(call.profile);
  if (!clip && !call.limited) return sayAndListen(parts, call, { texts: [text], mode: 'open' });
  const greeting = [clip ? { text, clip } : { text }];
  if (call.limited) return greetForMessage(parts, call, greeting);
  remember(parts, call, greeting);
  return [listen(call, 'open', greeting)];
}

const bounded = (heard: Heard): Heard =>
  heard.speech === undefined ? heard : { ...heard, speech: heard.speech.slice(0, MAX_UTTERANCE) };
