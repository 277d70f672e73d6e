import { sayAndListen } from './answering';
import type { Call } from './call';
import { dangerWords, isDanger } from './danger';
import type { ConversationParts } from './parts';
import { utterancesIn, type Heard, type Step } from './step';
import { beginTaking, continueTaking, keepPartial } from './taking-messages';

/** Twilio ends a trial call at the tenth request after the first (twilio.com/docs/usage/trials). */
const LAST_HOP = 9;
/** From here on there is just time for a message: what for, the name, the number. */
const MESSAGE_HOP = 6;

const ENDS_SOON = 'This line is on trial, and our call has to end soon. Let me take a message.';
const ENDS_NOW = 'This line is on trial, and our call has to end here.';
const NOTED = 'What you have told me is noted.';

/** What a trial call does now because of its end; undefined where it goes on as any call does. */
export function trialSteps(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> | undefined {
  if (!call.trial) return undefined;
  if (call.hops >= LAST_HOP) return endOfTrial(parts, call, heard);
  const atLeisure = !call.taking && !call.taken && !call.asking && !isDanger(heard.speech ?? '');
  return call.hops === MESSAGE_HOP && atLeisure ? beginTaking(parts, call, ENDS_SOON) : undefined;
}

/** Says goodbye before Twilio hangs up. What of a message is there by now is written down before it is said to be. */
async function endOfTrial(parts: ConversationParts, call: Call, heard: Heard): Promise<Step[]> {
  const said = call.taking ? utterancesIn(await continueTaking(parts, call, { heard })) : [];
  const done = call.taking ? [] : said.slice(0, 1).map(({ text }) => text);
  const kept = call.taking ? await keepPartial(parts, call) : false;
  const warning = isDanger(heard.speech ?? '') ? [dangerWords(call.profile.country)] : [];
  const texts = [...warning, ...done, ...(kept ? [NOTED] : []), ENDS_NOW, call.profile.phrases.goodbye];
  call.handed = [];
  return sayAndListen(parts, call, { texts, mode: 'hangUp' });
}
