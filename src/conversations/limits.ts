import type { Limit } from '../common/rules';
import { sayAndListen } from './answering';
import type { Call } from './call';
import { intentOf } from './caller-intent';
import { endsInFarewell } from './farewell';
import { notedFor } from './notes';
import type { ConversationParts } from './parts';
import type { Heard, Step, Utterance } from './step';
import { beginTakingWith, continueTaking, correctTaken, keepPartial } from './taking-messages';
import { beginVoicemail } from './voicemail';

/** A message takes so many turns at most once a limit is reached. */
const TURNS_FOR_A_MESSAGE = 12;

const ENDS_SOON = "I'm sorry, our call has to end soon. Please leave a message, and somebody will call you back.";
const NOT_UNDERSTOOD =
  "I'm sorry, we do not seem to understand each other. Please leave a message, and somebody will call you back.";
const ONLY_MESSAGES = 'I can only take a message right now.';
const OPENINGS: Readonly<Record<Limit, string>> = {
  callMinutes: ENDS_SOON,
  turns: ENDS_SOON,
  unproductiveTurns: NOT_UNDERSTOOD,
  tokensPerCall: ENDS_SOON,
  callsPerCallerPerDay: ONLY_MESSAGES,
  callsPerDay: ONLY_MESSAGES,
  spendPerDay: ONLY_MESSAGES,
};
const ENDS_HERE = 'I am sorry, our call has to end here.';
const NOTED = 'I am sorry, our call has to end here. What you have told me is noted.';

/** Notes that a call has reached a limit: from here on it is about a message, and no model is asked. */
export function noteLimit({ book, clock, log }: ConversationParts, call: Call, limit: Limit): void {
  const { callSid, turnNumber } = call;
  call.limited = { limit, lastTurn: turnNumber + TURNS_FOR_A_MESSAGE };
  book.limited({ callSid, limit, at: clock.now() });
  log.info('decision', { callSid, step: 'limit reached', data: { limit, turn: turnNumber } });
}

/**
 * What a call does now because of the owner's limits; undefined where it goes on as any call does. A message in hand is
 * never broken off by reaching one, and who asks for a person is heard.
 */
export function limitSteps(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> | undefined {
  if (call.limited && call.turnNumber >= call.limited.lastTurn) return endHere(parts, call, heard);
  if (!call.limited) {
    const limit = limitReached(parts, call);
    if (limit === undefined) return undefined;
    noteLimit(parts, call, limit);
  }
  const forPerson = heard.digits?.startsWith('0') === true || intentOf(heard.speech ?? '') === 'person';
  return call.taking || call.asking || forPerson ? undefined : onlyMessage(parts, call, heard);
}

/** The first words of a call that has reached a limit of the day: the greeting, and what it is about. */
export async function greetForMessage(
  parts: ConversationParts,
  call: Call,
  greeting: readonly Utterance[],
): Promise<Step[]> {
  const steps = await onlyMessage(parts, call, {});
  const at = parts.clock.now();
  call.handed = [...greeting.map((each) => ({ ...each, at })), ...call.handed];
  return steps.map((step) =>
    'utterances' in step ? { ...step, utterances: [...greeting, ...step.utterances] } : step,
  );
}

/** The limit a call has reached by now, if it has. */
export function limitReached({ rules, clock }: ConversationParts, call: Call): Limit | undefined {
  const { callMinutes, turns, unproductiveTurns, tokensPerCall } = rules.limits();
  if (clock.now() - call.openedAt >= callMinutes * 60_000) return 'callMinutes';
  if (call.turnNumber > turns) return 'turns';
  if (call.unproductive >= unproductiveTurns) return 'unproductiveTurns';
  return call.tokens >= tokensPerCall ? 'tokensPerCall' : undefined;
}

/** Asks for a message; who has left one, or is leaving, hears a goodbye. */
function onlyMessage(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> {
  const { speech = '' } = heard;
  const { goodbye } = call.profile.phrases;
  const correction = correctTaken(parts, call, heard);
  if (correction) return correction;
  if (speech && endsInFarewell(speech)) return sayAndListen(parts, call, { texts: [goodbye], mode: 'hangUp' });
  if (call.taken) return sayAndListen(parts, call, { texts: [ENDS_HERE, goodbye], mode: 'hangUp' });
  const { limit = 'turns' } = call.limited ?? {};
  const words = limit === 'unproductiveTurns' ? {} : { words: speech };
  return beginTakingWith(parts, call, { opening: OPENINGS[limit], seed: { ...notedFor(call), ...words } });
}

const hasOpenMessage = ({ taking }: Call) => taking !== undefined;

/** The last turn of a message that took too long. What is there of it is written down before it is said to be. */
async function endHere(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> {
  if (hasOpenMessage(call)) {
    const steps = await continueTaking(parts, call, { heard });
    if (!hasOpenMessage(call)) return steps;
    call.handed = [];
  }
  const kept = (await keepPartial(parts, call)) || call.taken !== undefined;
  call.taking = undefined;
  const speaks = call.limited?.limit !== 'unproductiveTurns' && Boolean(heard.speech);
  if (!kept && speaks && !call.trial) return beginVoicemail(parts, call, ENDS_HERE);
  const texts = [kept ? NOTED : ENDS_HERE, call.profile.phrases.goodbye];
  return sayAndListen(parts, call, { texts, mode: 'hangUp' });
}
