import type { Turn } from './call';

/** Where the time of a reply has gone so far, in ms after the caller's words. */
export interface Stages {
  /** The model's first words. */
  words?: number;
  /** The first clip, or the first sentence for the telephone's own voice, that could be heard. */
  clip?: number;
}

/** The stages of a turn. What has not been reached is absent. */
export function stagesOf({ draft, startedTick }: Turn): Stages {
  const after = (tick: number) => Math.max(0, Math.round(tick - startedTick));
  return {
    ...(draft.begun ? { words: after(draft.progress.since) } : {}),
    ...(draft.firstReadyTick === undefined ? {} : { clip: after(draft.firstReadyTick) }),
  };
}
