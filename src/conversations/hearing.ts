import { listen, repeatLast, sayAndListen, think } from './answering';
import { modeOf, type Call, type MessageInHand, type Settle } from './call';
import { intentOf, isEcho, isNoise, type CallerIntent } from './caller-intent';
import { saysGoodbye, wantsNothingMore } from './farewell';
import { newest, withCaller } from './history';
import { limitSteps } from './limits';
import { yesOrNo } from './message/yes-no';
import { canTransfer, saysKeyword } from './may-transfer';
import { afterNotes, notedFor, readBackOfNotes } from './notes';
import type { ConversationParts } from './parts';
import { besideWhoAnswers } from './robot-question';
import { lastReplyOf, taking } from './settling';
import type { Heard, Step } from './step';
import {
  ANYTHING_ELSE,
  askOpenQuestionAfter,
  beginTaking,
  beginTakingWithin,
  continueAsking,
  continueTaking,
  correctTaken,
} from './taking-messages';
import { putThrough, putThroughWithin } from './transferring';
import { ANSWERER } from './turn';
import { countUnproductive, isGuess } from './unproductive';
import { beginVoicemail, beginVoicemailWithin, nothingWorks } from './voicemail';
import { needsWarning, warn } from './warning';

const MAX_MISUNDERSTOOD = 3;
/** Of a call so many times what a model reads is remembered. */
const KEPT_WINDOWS = 2;
/** Gentle re-prompts before the goodbye. */
const MAX_SILENCES = 2;
const FAREWELL = /\b(?:bye|goodbye|have a (?:great|good|nice|lovely|wonderful)|take care|see you)\b/i;

const NOT_PUT_THROUGH =
  "I can't put you through to anybody right now, but I can take a message and have you called back.";
const NOT_PUT_THROUGH_NOW = "I can't put you through to anybody right now. Let us go on with your message.";
const HARD_TO_HEAR = "I'm sorry, I have trouble hearing you. Please leave a message, and somebody will call you back.";
const NOTHING_WORKS = "I'm sorry, I cannot answer that right now. Please leave a message.";
const OF_COURSE = 'Of course, what can I do for you?';
const YES_PLEASE = /^(?:yes|yeah|yep|yes there is|there is|actually yes)(?: please)?[.!]?$/i;
const OFFERS_MESSAGE = /\bmessage\b[^?]*\?$|\bcan (?:also )?take a message\.$/i;
const USE_WORDS = 'Please tell me in a few words how I can help you, or press 0 to leave a message.';

/** Answers what a caller said, pressed, or did not say. */
export async function answer(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> {
  const words = heard.speech?.trim() ?? '';
  const spoken = settleAccounts(parts, call, words);
  countUnproductive(call, heard, spoken);
  if (needsWarning(call, words) && !isEcho(words, spoken)) return warn(parts, call, words);
  const limited = limitSteps(parts, call, heard);
  if (limited) return limited;
  const intent = words ? intentOf(words) : undefined;
  if (intent === 'repeat') return repeat(parts, call);
  if (intent === 'moment') return wait(call);
  if (intent === 'robot') return tellWhoAnswers(parts, call);
  const { asking, taken } = call;
  if (asking && taken) return continueAsking(parts, call, { asking, taken, heard });
  if (call.taking && (intent === 'person' || isForPerson(call.taking, heard))) return personInstead(parts, call);
  if (call.taking) return goOnTaking(parts, call, heard);
  if (!words && !heard.digits) return silence(parts, call);
  call.silences = 0;
  call.waiting = false;
  if (heard.digits) return pressed(parts, call, heard.digits);
  if (!call.ignoredNoise && (isNoise(words) || isEcho(words, spoken))) return ignore(call);
  if (isNoise(words) || isGuess(heard)) return notUnderstood(parts, call);
  call.ignoredNoise = false;
  call.misunderstood = 0;
  return understood(parts, call, { words, intent });
}

/** Brings the history up to date: what of our last reply can have been heard, then the caller's words. */
function settleAccounts(parts: ConversationParts, call: Call, words: string): string {
  const reply = call.ahead?.replyBefore(words) ?? lastReplyOf(call, words, parts.clock.now());
  const { full, audible } = reply;
  if (audible !== full) parts.book.brokeIn({ callSid: call.callSid, turn: call.turnNumber - 1, heard: audible });
  call.history = newest(taking(call, words, reply), parts.limits.historyMessages * KEPT_WINDOWS);
  if (call.handed.length > 0) call.lastSaid = call.handed.map(({ at, heard, ...utterance }) => utterance);
  call.handed = [];
  call.turn = undefined;
  call.repliedTurn = undefined;
  return full;
}

async function understood(
  parts: ConversationParts,
  call: Call,
  { words, intent }: { words: string; intent: CallerIntent | undefined },
): Promise<Step[]> {
  const answered = call.lastSaid.at(-1)?.text === ANYTHING_ELSE ? answerToAnythingElse(parts, call, words) : undefined;
  if (answered) return answered;
  const correction = await correctTaken(parts, call, { speech: words });
  if (correction) return correction;
  if (intent === 'person' || saysKeyword(call, words)) {
    const reason = intent === 'person' ? undefined : words;
    if (canTransfer(parts, call)) return putThrough(parts, call, reason);
    if (intent === 'person') return beginTaking(parts, call, notPutThrough(call));
  }
  return think(parts, call, settleFor(parts, call, words));
}

/** Makes a reply again that was lost with a restart; undefined when its beginning was heard already. */
export function thinkAgain(parts: ConversationParts, call: Call): Promise<Step[]> | undefined {
  const asked = call.history.at(-1);
  if (asked?.role !== 'user' || call.turn || call.repliedTurn || call.taking || call.handed.length > 0)
    return undefined;
  return think(parts, call, settleFor(parts, call, asked.content));
}

/** Yes or no to a question that the core asked itself; undefined for everything else. */
function answerToAnythingElse(parts: ConversationParts, call: Call, words: string): Promise<Step[]> | undefined {
  const { goodbye } = call.profile.phrases;
  if (wantsNothingMore(words)) return sayAndListen(parts, call, { texts: [goodbye], mode: 'hangUp' });
  return YES_PLEASE.test(words) ? sayAndListen(parts, call, { texts: [OF_COURSE], mode: 'open' }) : undefined;
}

const whoAnswers = ({ profile }: Call) => `I am the automated assistant of ${profile.businessName}, not a person.`;

/** No model is asked: that callers are told the truth is a promise. */
function tellWhoAnswers(parts: ConversationParts, call: Call): Promise<Step[]> {
  call.silences = 0;
  if (call.taking) return askOpenQuestionAfter(parts, call, { first: whoAnswers(call) });
  return sayAndListen(parts, call, { texts: [`${whoAnswers(call)} How can I help you?`], mode: 'open' });
}

/** The key 0, where it is no digit of a number. */
const isForPerson = ({ mode }: MessageInHand, { digits }: Heard) => digits === '0' && mode !== 'dictating';

/** The message in hand stays, for when nobody takes the call. That nobody can is said once. */
function personInstead(parts: ConversationParts, call: Call): Promise<Step[]> {
  if (canTransfer(parts, call)) return putThrough(parts, call, undefined);
  const first = call.toldNobody ? '' : NOT_PUT_THROUGH_NOW;
  call.toldNobody = true;
  return askOpenQuestionAfter(parts, call, { first });
}

function notPutThrough(call: Call): string {
  call.toldNobody = true;
  return NOT_PUT_THROUGH;
}

/** What a caller says beside asking who answers goes into the message; the question does not. */
function goOnTaking(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> {
  const rest = besideWhoAnswers(heard.speech ?? '');
  if (rest === undefined) return continueTaking(parts, call, { heard });
  return continueTaking(parts, call, { heard: { ...heard, speech: rest }, first: whoAnswers(call) });
}

/** How a reply to these words ends: what the model decided takes effect here, by the core's own rules. */
function settleFor(parts: ConversationParts, call: Call, words: string): Settle {
  return ({ rung, decision, notes = [] }, draft) => {
    if (decision?.kind === 'transfer') {
      draft.discard();
      if (canTransfer(parts, call)) return putThroughWithin(call, draft.say, decision.reason);
      draft.say(notPutThrough(call));
      return beginTakingWithin(call, draft, { words });
    }
    if (decision?.kind === 'takeMessage') {
      if (nothingWorks(parts, call, rung)) return beginVoicemailWithin(draft, NOTHING_WORKS);
      if (rung !== ANSWERER) draft.discard(); // a model may claim that it has passed something on
      return beginTakingWithin(call, draft, { ...notedFor(call), ...decision, words });
    }
    const ends = decision?.kind === 'endCall';
    const made = [...call.handed, ...draft.waiting].map(({ text }) => text).join(' ');
    const unconfirmed = readBackOfNotes(call, notes, made);
    if (unconfirmed !== undefined) {
      draft.say(unconfirmed);
      return { kind: 'listen', mode: 'open' };
    }
    const reply = made === '' && notes.length > 0 && !decision ? afterNotes(call) : made;
    if (reply !== made) draft.say(reply);
    if (reply === '') draft.say(ends ? call.profile.phrases.goodbye : call.profile.phrases.notUnderstood);
    if (saysGoodbye(words) && (ends || FAREWELL.test(reply))) return { kind: 'hangUp' };
    return { kind: 'listen', mode: ends ? 'closing' : 'open' };
  };
}

function silence(parts: ConversationParts, call: Call): Promise<Step[]> {
  const { reprompts, goodbye } = call.profile.phrases;
  if (call.waiting) call.waiting = false;
  else call.silences += 1;
  const reprompt = reprompts[Math.max(0, call.silences - 1) % reprompts.length] ?? '';
  if (call.silences > MAX_SILENCES) return sayAndListen(parts, call, { texts: [goodbye], mode: 'hangUp' });
  return sayAndListen(parts, call, { texts: [reprompt], mode: 'open' });
}

/** After an offer of a message a key is an answer to it, as if it had been said. */
function pressed(parts: ConversationParts, call: Call, digits: string): Promise<Step[]> {
  if (digits.startsWith('0') && canTransfer(parts, call)) return putThrough(parts, call, undefined);
  if (digits.startsWith('0')) return beginTaking(parts, call, notPutThrough(call));
  const offered = OFFERS_MESSAGE.test(call.lastSaid.at(-1)?.text ?? '');
  const words = offered ? yesOrNo({ digits }) : undefined;
  if (words !== undefined) {
    call.history = withCaller(call.history, words);
    return understood(parts, call, { words, intent: undefined });
  }
  return sayAndListen(parts, call, { texts: [USE_WORDS], mode: 'open' });
}

function notUnderstood(parts: ConversationParts, call: Call): Promise<Step[]> {
  call.misunderstood += 1;
  if (call.misunderstood >= MAX_MISUNDERSTOOD) return beginVoicemail(parts, call, HARD_TO_HEAR);
  return sayAndListen(parts, call, { texts: [call.profile.phrases.notUnderstood], mode: 'open' });
}

/** Breath, background or our own prompt: once, that is no reason to say anything. */
function ignore(call: Call): Step[] {
  call.ignoredNoise = true;
  return [listen(call, 'open')];
}

function wait(call: Call): Step[] {
  call.waiting = true;
  return [listen(call, 'moment')];
}

function repeat(parts: ConversationParts, call: Call): Step[] {
  return repeatLast(parts, call, modeOf(call));
}
