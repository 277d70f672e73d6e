import {
  ENOUGH_LEAD_MS,
  ENOUGH_MATCHES,
  PAIRS_KEPT,
  type SpeculationMode,
  type SpeculationState,
  type WordPair,
} from '../../common/speculation';

/** Whether beginning early is worth it here, by what callers' partial and final words have been like. */
export interface Worth {
  add(pair: WordPair): void;
  state(): SpeculationState;
}

/** What is known from `earlier` pairs, the oldest first. Only the newest hundred count. */
export function createWorth(mode: SpeculationMode, earlier: readonly WordPair[]): Worth {
  let pairs = earlier.slice(-PAIRS_KEPT);
  let state = stateOf(mode, pairs);
  return {
    state: () => state,
    add(pair) {
      pairs = [...pairs, pair].slice(-PAIRS_KEPT);
      state = stateOf(mode, pairs);
    },
  };
}

function stateOf(mode: SpeculationMode, pairs: readonly WordPair[]): SpeculationState {
  const leads = pairs.filter(({ matched }) => matched).map(({ leadMs }) => leadMs);
  const medianLeadMs = median(leads);
  const worthIt =
    pairs.length >= PAIRS_KEPT &&
    leads.length >= ENOUGH_MATCHES * pairs.length &&
    (medianLeadMs ?? 0) >= ENOUGH_LEAD_MS;
  const isOn = mode === 'on' || (mode === 'auto' && worthIt);
  return { mode, isOn, pairs: pairs.length, matched: leads.length, medianLeadMs };
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[Math.max(0, sorted.length - 1 - middle)], sorted[middle]];
  return sorted.length === 0 ? undefined : (low + high) / 2;
}
