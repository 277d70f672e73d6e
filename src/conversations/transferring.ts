import { E164 } from '../common/e164';
import { sayAndListen, transferStep } from './answering';
import type { Call } from './call';
import type { Ending } from './draft';
import { grouped } from './message/read-back';
import { messageOf } from './message/outcome';
import type { ConversationParts } from './parts';
import type { Step } from './step';
import { askOpenQuestionAfter, beginTaking } from './taking-messages';

const PUTTING_THROUGH = 'One moment, I will put you through.';
const NOBODY_THERE =
  "I'm sorry, nobody could take your call just now. Let me take a message, and you will be called back.";
const NOBODY_THERE_GO_ON = "I'm sorry, nobody could take your call just now. Let us go on with your message.";
/** A reason is read to the person in so many characters at most. */
const LONGEST_REASON = 200;

/** Puts the call through after a word to the caller. Only for a call that `canTransfer`. */
export async function putThrough(parts: ConversationParts, call: Call, reason: string | undefined): Promise<Step[]> {
  const { number } = beginTransfer(call, reason);
  const said = await sayAndListen(parts, call, { texts: [PUTTING_THROUGH], mode: 'hangUp' });
  return [...said.filter(({ kind }) => kind === 'speak'), transferStep(call, number)];
}

/** Notes that the call is being put through, as the end of a reply that is being made. */
export function putThroughWithin(call: Call, say: (words: string) => unknown, reason: string | undefined): Ending {
  say(PUTTING_THROUGH);
  return beginTransfer(call, reason);
}

function beginTransfer(call: Call, reason: string | undefined) {
  call.transfer = { accepted: false, reason: reason && Array.from(reason).slice(0, LONGEST_REASON).join('') };
  return { kind: 'transfer' as const, number: call.profile.transfer?.number ?? '' };
}

/** What the person hears before they take the call: who it is, and why. */
export function screenWords(call: Call): string {
  const message = call.taking ?? call.taken;
  const { name, reason } = message ? messageOf(message.state) : { name: undefined, reason: undefined };
  const number = E164.test(call.from ?? '') ? grouped((call.from ?? '').replace(/^\+1/, '')) : 'a withheld number';
  const why = call.transfer?.reason ?? reason;
  return `A call for ${call.profile.businessName}, from ${name ?? number}.${why ? ` They said: ${why}.` : ''} Press 1 to take it.`;
}

/** How ringing a person ended: Twilio's word for it, and how long their telephone was connected, in s. */
export interface DialEnd {
  status: string;
  seconds?: number | undefined;
}

/**
 * The transfer is over: after a conversation the call ends; otherwise the receptionist takes a message, or goes on
 * with the one in hand.
 */
export function afterTransfer(parts: ConversationParts, call: Call, ended: DialEnd): Promise<Step[]> {
  const accepted = call.transfer?.accepted === true;
  call.transfer = { ...call.transfer, accepted, over: true };
  parts.book.transferred({ callSid: call.callSid, at: parts.clock.now(), accepted, ...ended });
  if (accepted) return Promise.resolve([{ kind: 'hangUp' }]);
  call.toldNobody = true;
  if (call.taking) return askOpenQuestionAfter(parts, call, { first: NOBODY_THERE_GO_ON });
  return beginTaking(parts, call, NOBODY_THERE);
}
