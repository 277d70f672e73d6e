import { lognormal, randomFrom } from '../random';

/** How far requests stray from their usual time: sigma of a lognormal factor, and the share that takes five times as long. */
interface Straying {
  sigma: number;
  stalls: number;
}

/** How fast the upstreams are. Times in ms. */
export interface StubProfile {
  firstTokenMs: number;
  tokensPerSecond: number;
  speechMs: number;
  speechPerCharMs: number;
  model: Straying;
  speech: Straying;
}

const STALL_FACTOR = 5;
const PACE_SIGMA = 0.1;

const STEADY = { sigma: 0, stalls: 0 };
const USUAL = { sigma: 0.1, stalls: 0 };
const TAIL = { sigma: 0.5, stalls: 0.02 };
/** Like a model of 70 billion parameters and a neural voice. */
const TYPICAL = { firstTokenMs: 180, tokensPerSecond: 280, speechMs: 80, speechPerCharMs: 0.5 };
const INSTANT = { firstTokenMs: 0, tokensPerSecond: 1e6, speechMs: 0, speechPerCharMs: 0 };

/** `instant` is for what is no matter of time, `slow-model` for a tail on the model alone. */
export const PROFILES: Readonly<Record<string, StubProfile>> = {
  instant: { ...INSTANT, model: STEADY, speech: STEADY },
  fast: { firstTokenMs: 80, tokensPerSecond: 560, speechMs: 60, speechPerCharMs: 0.4, model: USUAL, speech: USUAL },
  typical: { ...TYPICAL, model: USUAL, speech: USUAL },
  'slow-tail': { ...TYPICAL, model: TAIL, speech: TAIL },
  'slow-model': { ...TYPICAL, model: TAIL, speech: USUAL },
};

/** A factor for one request: the same for the same draw. */
function stray({ sigma, stalls }: Straying, draw: string): number {
  const random = randomFrom(draw);
  const stall = random() < stalls ? STALL_FACTOR : 1;
  return stall * lognormal(random, sigma);
}

/** When the model's tokens are due, in ms after its request. */
export function tokenTimes(profile: StubProfile, tokens: number, draw: string): number[] {
  const first = profile.firstTokenMs * stray(profile.model, `${draw} first`);
  const pace = lognormal(randomFrom(`${draw} pace`), profile.model.sigma > 0 ? PACE_SIGMA : 0);
  const apart = (1000 / profile.tokensPerSecond) * pace;
  return Array.from({ length: tokens }, (_, index) => first + index * apart);
}

/** How long the voice takes for a text, in ms. */
export const speechTime = (profile: StubProfile, characters: number, draw: string): number =>
  (profile.speechMs + profile.speechPerCharMs * characters) * stray(profile.speech, `${draw} speech`);
