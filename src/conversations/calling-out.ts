import type { AnsweredBy } from '../common/call-record';
import { answerOnce } from './answer-once';
import { listen, sayAndListen, sayBefore } from './answering';
import { modeOf, type Call, type CallFacts } from './call';
import { worthKeeping } from './message/dialogue';
import { spokenNumber } from './message/phone-number';
import type { ConversationParts } from './parts';
import type { Step } from './step';

/** Calls that we have placed ourselves. */
export interface CallingOut {
  /** Somebody has answered, or a machine, which gets a message. `calling` in the facts says what it is about. */
  outgoing(facts: CallFacts, answered: { machine: boolean }): Promise<Step[]>;
  /** Twilio tells who has answered. Whether that is a machine which is to get a message now. */
  answeredBy(callSid: string, by: AnsweredBy): Promise<boolean>;
}

/** The first webhook of a call of ours: the receptionist speaks first. */
export function createCallingOut(
  parts: ConversationParts,
  {
    on,
    known,
  }: {
    on: (facts: CallFacts, work: (call: Call) => Promise<Step[]>) => Promise<Step[]>;
    known: (callSid: string) => Promise<Call | undefined>;
  },
): CallingOut {
  return {
    outgoing: (facts, { machine }) =>
      on(facts, (call) => {
        const make = () => (machine ? leaveMessage(parts, call) : introduce(parts, call));
        return answerOnce(parts, call, { key: machine ? 'outgoing machine' : 'outgoing', make });
      }),
    async answeredBy(callSid, by) {
      const call = await known(callSid);
      if (by === 'machine' && call && !mayBeMachine(call)) return false;
      parts.book.answeredBy({ callSid, by, at: parts.clock.now() });
      return by === 'machine';
    },
  };
}

/** A call of ours on which nothing was said yet: whoever took it does not know who calls. */
export const isUnspoken = ({ calling, turnNumber, handed }: Call): boolean =>
  calling !== undefined && turnNumber === 0 && handed.length === 0;

/** More than so many utterances are a conversation, not the greeting of a mailbox. */
const GREETING_UTTERANCES = 2;

/** Twilio's word may come late, or be wrong: whoever asked for a person, or has told us something, is none. */
function mayBeMachine({ transfer, taking, taken, history }: Call): boolean {
  if (transfer || taken || (taking && worthKeeping(taking.state))) return false;
  return history.filter(({ role }) => role === 'user').length <= GREETING_UTTERANCES;
}

const who = ({ profile }: Call) => `Hello, this is the automated assistant of ${profile.businessName}.`;

/** Who has to be asked for consent hears that, and who calls, to the end. */
async function introduce(parts: ConversationParts, call: Call): Promise<Step[]> {
  const about = `I am calling about ${withoutStop(call.calling ?? '')}. This call is transcribed. Do you have a moment?`;
  const consent = parts.consent();
  if (consent === undefined) return sayAndListen(parts, call, { texts: [who(call), about], mode: 'open' });
  const steps = await sayAndListen(parts, call, { texts: [about], mode: 'open' });
  return sayBefore(parts, call, { texts: [who(call), consent], steps });
}

async function leaveMessage(parts: ConversationParts, call: Call): Promise<Step[]> {
  if (!mayBeMachine(call)) return [listen(call, modeOf(call))];
  call.turn?.controller.abort(new Error('a machine has answered'));
  const { country, phrases } = call.profile;
  const back = call.to ? ` Please call us back on ${spokenNumber(call.to, country)}.` : '';
  const texts = [`${who(call)} We called about ${withoutStop(call.calling ?? '')}.${back}`, phrases.goodbye];
  return sayAndListen(parts, call, { texts, mode: 'hangUp' });
}

const withoutStop = (words: string) => words.replace(/[.!?\s]+$/, '');
