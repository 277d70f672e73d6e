/** Whether replies are begun before a caller has finished: always, never, or once it has been seen to be worth it. */
export type SpeculationMode = 'on' | 'off' | 'auto';

/** What became of a reply that was begun too soon; `refused` ones, over the budget or without room, were never begun. */
export type GuessOutcome = 'adopted' | 'mistaken' | 'unused' | 'failed' | 'refused';

/** Of one real turn: whether the last partial words were the final ones, and how long before them they came, in ms. */
export interface WordPair {
  matched: boolean;
  leadMs: number;
}

/** How beginning early goes, by the latest pairs. `medianLeadMs` is that of those that matched. */
export interface SpeculationState {
  mode: SpeculationMode;
  isOn: boolean;
  pairs: number;
  matched: number;
  medianLeadMs: number | undefined;
}

/** How many pairs are kept, and looked at before the automatic decides. */
export const PAIRS_KEPT = 100;
/** The automatic begins early from this share of matches on, and with this lead in ms. */
export const ENOUGH_MATCHES = 0.4;
export const ENOUGH_LEAD_MS = 300;
