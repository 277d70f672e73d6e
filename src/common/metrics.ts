import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Frontdesk counts. Every instance has a registry of its own. */
export interface Metrics {
  registry: Registry;
  callOpened(overflow: boolean): void;
  turnAnswered(turn: Readonly<{ rung: string; firstAudioMs: number; split: boolean }>): void;
  rungFailed(rung: string, reason: string): void;
  hedged(what: 'asked' | 'won'): void;
  messageTaken(): void;
  webhookAnswered(route: string, outcome: string): void;
}

/** Counters for one Frontdesk; `activeCalls` is read when somebody asks for the figures. */
export function createMetrics(activeCalls: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const calls = new Counter({
    name: 'frontdesk_calls_total',
    help: 'Calls opened',
    labelNames: ['overflow'],
    registers,
  });
  const failures = new Counter({
    name: 'frontdesk_upstream_failures_total',
    help: 'Failures of a model or voice, by reason',
    labelNames: ['rung', 'reason'],
    registers,
  });
  const hedges = new Counter({
    name: 'frontdesk_hedges_total',
    help: 'Second models asked ahead of time, and those of them that spoke first',
    labelNames: ['what'],
    registers,
  });
  const messages = new Counter({ name: 'frontdesk_messages_total', help: 'Messages written down', registers });
  const webhooks = new Counter({
    name: 'frontdesk_webhooks_total',
    help: 'Webhooks by route and outcome',
    labelNames: ['route', 'outcome'],
    registers,
  });
  const firstAudio = new Histogram({
    name: 'frontdesk_first_audio_seconds',
    help: "From the caller's words to the answer that plays the first of the reply",
    labelNames: ['rung', 'split'],
    buckets: [0.005, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 4, 6, 10],
    registers,
  });
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
    turnAnswered: ({ rung, firstAudioMs, split }) =>
      firstAudio.observe({ rung, split: String(split) }, firstAudioMs / 1_000),
    rungFailed: (rung, reason) => failures.inc({ rung, reason }),
    hedged: (what) => hedges.inc({ what }),
    messageTaken: () => messages.inc(),
    webhookAnswered: (route, outcome) => webhooks.inc({ route, outcome }),
  };
}
