import type { Call } from '../call';
import type { ConversationParts } from '../parts';
import type { Listen, Step } from '../step';

/** The same steps; those that ask an open question want the words while they are spoken, where a model may answer. */
export function askingForPartials(parts: ConversationParts, call: Call, steps: readonly Step[]): Step[] {
  const wanted = parts.speculation?.listensTo(parts, call) === true;
  return steps.map((step) => (wanted && step.kind === 'listen' && step.mode === 'open' ? withPartials(step) : step));
}

/** Spelled out: V8 gives every object that is spread and added to a shape of its own, some 300 bytes. */
const withPartials = ({ kind, utterances, mode, turn, hints }: Listen): Listen => ({
  kind,
  utterances,
  mode,
  turn,
  hints,
  partials: true,
});
