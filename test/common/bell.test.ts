import { createBell } from '../../src/common/bell';
import { createMetrics } from '../../src/common/metrics';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('a ring wakes everybody who waits, once, and leaves no timer', async () => {
  const bell = createBell();
  const woken: string[] = [];
  void bell.rungWithin(1_000).then(() => woken.push('one'));
  void bell.rungWithin(2_000).then(() => woken.push('two'));
  bell.ring();
  await jest.advanceTimersByTimeAsync(0);
  expect(woken).toEqual(['one', 'two']);
  expect(jest.getTimerCount()).toBe(0);
});

test('without a ring each wait ends at its own limit', async () => {
  const bell = createBell();
  const woken: number[] = [];
  for (const ms of [200, 100, -5]) void bell.rungWithin(ms).then(() => woken.push(ms));
  await jest.advanceTimersByTimeAsync(50);
  expect(woken).toEqual([-5]);
  await jest.advanceTimersByTimeAsync(200);
  expect(woken).toEqual([-5, 100, 200]);
});

test('a ring nobody waits for is not kept, and one who waits again waits for the next', async () => {
  const bell = createBell();
  bell.ring();
  let woken = 0;
  void bell.rungWithin(1_000).then(() => {
    woken += 1;
    void bell.rungWithin(1_000).then(() => (woken += 1));
  });
  await jest.advanceTimersByTimeAsync(10);
  expect(woken).toBe(0);
  bell.ring();
  await jest.advanceTimersByTimeAsync(10);
  expect(woken).toBe(1);
});

test('the figures count what happened to this Frontdesk alone', async () => {
  jest.useRealTimers();
  let active = 1;
  const [metrics, other] = [createMetrics(() => active), createMetrics(() => 0)];
  metrics.callOpened(false);
  metrics.callOpened(true);
  metrics.rungFailed('first', 'timeout');
  metrics.messageTaken();
  metrics.hedged('asked');
  metrics.webhookAnswered('/process', 'answered', { guard: 0.8, twiml: 0.1 });
  metrics.turnAnswered({ rung: 'first', firstWordsMs: 160, firstClipMs: 240, firstAudioMs: 260, split: true });
  active = 7;
  const text = await metrics.registry.metrics();
  for (const line of [
    'frontdesk_calls_total{overflow="false"} 1',
    'frontdesk_calls_total{overflow="true"} 1',
    'frontdesk_upstream_failures_total{rung="first",reason="timeout"} 1',
    'frontdesk_messages_total 1',
    'frontdesk_webhooks_total{route="/process",outcome="answered"} 1',
    'frontdesk_first_audio_seconds_bucket{le="0.2",rung="first",split="true"} 0',
    'frontdesk_first_audio_seconds_bucket{le="0.3",rung="first",split="true"} 1',
    'frontdesk_first_audio_seconds_sum{rung="first",split="true"} 0.26',
    'frontdesk_hedges_total{what="asked"} 1',
    'frontdesk_stage_seconds_bucket{le="0.001",stage="guard"} 1',
    'frontdesk_stage_seconds_bucket{le="0.1",stage="first_words"} 0',
    'frontdesk_stage_seconds_bucket{le="0.25",stage="first_clip"} 1',
    'frontdesk_stage_seconds_count{stage="twiml"} 1',
    'frontdesk_active_calls 7',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
  expect(await other.registry.metrics()).toContain('frontdesk_messages_total 0');
});
