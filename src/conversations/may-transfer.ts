import { E164 } from '../common/e164';
import { openingState } from '../common/opening-hours';
import { plainWords } from '../common/plain-words';
import type { Call } from './call';
import type { ConversationParts } from './parts';

/** Whether this call may be put through to the owner's person now. At most once a call, and never back to a caller. */
export function canTransfer({ clock }: Pick<ConversationParts, 'clock'>, call: Call): boolean {
  const { transfer } = call.profile;
  if (!transfer || call.trial || call.transfer || !E164.test(call.to ?? '')) return false;
  if (transfer.number === call.to || transfer.number === call.from) return false;
  return transfer.outsideHours === true || openingState(call.profile, new Date(clock.now())).kind !== 'closed';
}

/** Whether the owner wants callers who say this put through. */
export function saysKeyword({ profile }: Call, words: string): boolean {
  const said = ` ${plainWords(words)} `;
  return (profile.transfer?.keywords ?? []).some((keyword) => said.includes(` ${plainWords(keyword)} `));
}
