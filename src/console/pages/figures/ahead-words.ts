import { ENOUGH_LEAD_MS, ENOUGH_MATCHES, PAIRS_KEPT, type SpeculationState } from '../../../common/speculation';

/** Whether replies are begun while callers still speak, and what is known of it, in a few sentences. */
export function aheadWords(state: SpeculationState): string {
  const { mode, isOn } = state;
  if (mode === 'off') return 'Replies are begun when the caller has finished: SPECULATION is off.';
  if (mode === 'on') return `Replies are begun while the caller still speaks: SPECULATION is on. ${seenWords(state)}`;
  if (isOn) return `Replies are begun while the caller still speaks, since that has been worth it. ${seenWords(state)}`;
  return `Replies are begun when the caller has finished. ${seenWords(state)} ${stepWords(state)}`;
}

function seenWords({ pairs, matched, medianLeadMs }: SpeculationState): string {
  if (pairs === 0) return 'Nothing is known yet of how soon callers\u2019 words can be told.';
  const lead =
    medianLeadMs === undefined ? '' : `, in the median ${Math.round(medianLeadMs)} ms before the caller had finished`;
  return `In ${matched} of the latest ${pairs} turns of real calls the words were known early${lead}.`;
}

const stepWords = ({ pairs }: SpeculationState): string =>
  pairs < PAIRS_KEPT
    ? `After ${PAIRS_KEPT} turns it is decided whether to begin earlier.`
    : `They would be begun earlier from ${ENOUGH_MATCHES * 100} % and ${ENOUGH_LEAD_MS} ms on.`;
