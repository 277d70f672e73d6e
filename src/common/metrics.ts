import type { Gate } from './gate';
import type { LoopDelay } from './loop-delay';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { GuessOutcome } from './speculation';

/** What Frontdesk counts. Every instance has a registry of its own. */
export interface Metrics {
  registry: Registry;
  callOpened(overflow: boolean): void;
  turnAnswered(turn: Readonly<TurnTimes>): void;
  rungFailed(rung: string, reason: string): void;
  hedged(what: 'asked' | 'won'): void;
  messageTaken(): void;
  guessed(outcome: GuessOutcome): void;
  /** `took` says where the door's own time went, in ms. */
  webhookAnswered(route: string, outcome: string, took?: { guard: number; twiml: number }): void;
}

/** Times are ms after the caller's words came. */
interface TurnTimes {
  rung: string;
  firstWordsMs: number;
  firstClipMs: number;
  firstAudioMs: number;
  split: boolean;
}

/** What is looked at when somebody asks for the figures. */
interface Watched {
  loop: Pick<LoopDelay, 'last'>;
  gates: Readonly<Record<string, Pick<Gate, 'load'>>>;
}

/** Counters for one Frontdesk; `activeCalls` and `watched` are read when somebody asks for the figures. */
export function createMetrics(activeCalls: () => number, watched?: Watched): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name: `frontdesk_${name}_total`, help, labelNames, registers });
  const calls = counter('calls', 'Calls opened', 'overflow');
  const failures = counter('upstream_failures', 'Failures of a model or voice, by reason', 'rung', 'reason');
  const hedges = counter('hedges', 'Second models asked ahead of time, and those of them that spoke first', 'what');
  const messages = counter('messages', 'Messages written down');
  const guesses = counter('guesses', 'Replies begun before a caller had finished, by what became of them', 'outcome');
  const webhooks = counter('webhooks', 'Webhooks answered with TwiML, by route and outcome', 'route', 'outcome');
  const { firstAudio, stage } = createTimes(registers);
  if (watched) watchPressure(registers, watched);
  new Gauge({
    name: 'frontdesk_active_calls',
    help: 'Calls whose last webhook is under ten minutes old',
    registers,
    collect() {
      this.set(activeCalls());
    },
  });
  return {
    registry,
    callOpened: (overflow) => calls.inc({ overflow: String(overflow) }),
    turnAnswered({ rung, firstWordsMs, firstClipMs, firstAudioMs, split }) {
      firstAudio.observe({ rung, split: String(split) }, firstAudioMs / 1_000);
      stage('first_words', firstWordsMs);
      stage('first_clip', firstClipMs);
    },
    rungFailed: (rung, reason) => failures.inc({ rung, reason }),
    hedged: (what) => hedges.inc({ what }),
    messageTaken: () => messages.inc(),
    guessed: (outcome) => guesses.inc({ outcome }),
    webhookAnswered(route, outcome, took) {
      webhooks.inc({ route, outcome });
      if (took) Object.entries(took).forEach(([name, ms]) => stage(name, ms));
    },
  };
}

/** Where the time of a turn goes. */
function createTimes(registers: Registry[]) {
  const firstAudio = new Histogram({
    name: 'frontdesk_first_audio_seconds',
    help: "From the caller's words to the answer that plays the first of the reply",
    labelNames: ['rung', 'split'],
    buckets: [0.005, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 4, 6, 10],
    registers,
  });
  const stages = new Histogram({
    name: 'frontdesk_stage_seconds',
    help: "Where the time goes: letting a webhook in (guard), the model's first words, the first clip, writing TwiML",
    labelNames: ['stage'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const stage = (name: string, ms: number) => stages.observe({ stage: name }, ms / 1_000);
  return { firstAudio, stage };
}

/** How late the event loop is, and how many requests are at a service or wait for that. */
function watchPressure(registers: Registry[], { loop, gates }: Watched): void {
  new Gauge({
    name: 'frontdesk_event_loop_delay_seconds',
    help: 'How late the event loop was in the last second: half of the time, and once in a hundred',
    labelNames: ['quantile'],
    registers,
    collect() {
      const { medianMs, p99Ms } = loop.last();
      this.set({ quantile: '0.5' }, medianMs / 1_000);
      this.set({ quantile: '0.99' }, p99Ms / 1_000);
    },
  });
  new Gauge({
    name: 'frontdesk_upstream_requests',
    help: 'Requests at a service, and those that wait for that',
    labelNames: ['service', 'state'],
    registers,
    collect() {
      for (const [service, gate] of Object.entries(gates)) {
        const { atWork, waiting } = gate.load();
        this.set({ service, state: 'at work' }, atWork);
        this.set({ service, state: 'waiting' }, waiting);
      }
    },
  });
}
