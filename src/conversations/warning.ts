import { plainWords } from '../common/plain-words';
import { sayAndListen } from './answering';
import type { Call } from './call';
import { dangerWords, isDanger } from './danger';
import type { ConversationParts } from './parts';
import type { Step } from './step';
import { askOpenQuestionAfter } from './taking-messages';

/** How often a call is told of the emergency number at most: what else happens then may be worse. */
const MOST_WARNINGS = 2;
const HOW_ELSE = 'If not, tell me how I can help you.';
const GO_ON = 'If not, let us go on.';

/** Whether these words speak of danger to life, and were not answered with the emergency number before. */
export function needsWarning({ warnedOf }: Call, speech: string): boolean {
  return warnedOf.length < MOST_WARNINGS && isDanger(speech) && !warnedOf.includes(plainWords(speech));
}

/**
 * Tells of the emergency number before anything else: we dial none, and no model is asked. A message in hand stays,
 * with these words in it, and its open question is asked again.
 */
export function warn(parts: ConversationParts, call: Call, speech: string): Promise<Step[]> {
  call.warnedOf = [...call.warnedOf, plainWords(speech)];
  call.silences = 0;
  call.waiting = false;
  const warning = dangerWords(call.profile.country);
  if (call.taking) return askOpenQuestionAfter(parts, call, { first: `${warning} ${GO_ON}`, beside: speech });
  const [question] = call.asking?.questions ?? [];
  const next = question === undefined ? HOW_ELSE : `${GO_ON} ${question}`;
  return sayAndListen(parts, call, { texts: [`${warning} ${next}`], mode: 'open' });
}
