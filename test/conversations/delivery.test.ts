import { nextDelivery, type Delivery } from '../../src/conversations/delivery';
import { createDraft, type Ending } from '../../src/conversations/draft';
import type { Handed } from '../../src/conversations/audible';
import type { Utterance } from '../../src/conversations/step';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const LISTEN: Ending = { kind: 'listen', mode: 'open' };

/**
 * A webhook that waits for a reply, with the clock in hand. Each sentence is `voiceMs` on its way to a clip of a
 * second; with `clips` false the telephone's own voice says it.
 */
function start({ lastHanded, clips = true }: { lastHanded?: Handed; clips?: boolean } = {}) {
  const voiceMs: Record<string, number> = {};
  const draft = createDraft(
    (text) =>
      new Promise<Utterance>((resolve) => {
        const ready: Utterance = clips ? { text, clip: { name: text, durationMs: 1_000 } } : { text };
        setTimeout(() => resolve(ready), voiceMs[text] ?? 0);
      }),
    Date.now,
  );
  const patience = {
    firstWordsMs: 1_500,
    coalesceMs: 250,
    clock: { now: () => Date.now() },
    signal: new AbortController().signal,
    latestMs: 4_500,
    inOnePiece: () => false,
  };
  const began = Date.now();
  let outcome: { ms: number; delivery: Delivery } | undefined;
  const wait = () =>
    void nextDelivery(draft, lastHanded, patience).then((delivery) => (outcome = { ms: Date.now() - began, delivery }));
  wait();
  return {
    draft,
    wait,
    at(ms: number, act: () => void) {
      setTimeout(act, ms);
    },
    say(text: string, voice: number) {
      voiceMs[text] = voice;
      draft.begun = true;
      draft.say(text);
    },
    async outcome() {
      await jest.advanceTimersByTimeAsync(10_000);
      if (!outcome) return undefined;
      const { ms, delivery } = outcome;
      const texts = 'utterances' in delivery ? delivery.utterances.map(({ text }) => text) : [];
      return [ms, delivery.kind, ...texts];
    },
  };
}

test('a reply that is complete is handed out whole, with its ending', async () => {
  const turn = start();
  turn.at(100, () => turn.say('One.', 300));
  turn.at(200, () => turn.say('Two.', 300));
  turn.at(250, () => turn.draft.finish(LISTEN));
  expect(await turn.outcome()).toEqual([500, 'whole', 'One.', 'Two.']);
  expect(turn.draft.ending).toEqual(LISTEN);
});

test('the first clip does not wait for a model that is still thinking', async () => {
  const turn = start();
  turn.at(100, () => turn.say('One.', 300));
  turn.at(200, () => turn.say('Two.', 900));
  expect(await turn.outcome()).toEqual([400, 'part', 'One.']);
  expect(turn.draft.waiting.map(({ text }) => text)).toEqual(['Two.']);
});

test('a sentence that may claim something waits until the model has decided', async () => {
  const turn = start();
  turn.at(100, () => turn.say('We open at nine.', 100));
  turn.at(110, () => turn.say('I have passed your message on.', 100));
  turn.at(900, () => turn.draft.finish(LISTEN));
  expect(await turn.outcome()).toEqual([200, 'part', 'We open at nine.']);
  turn.wait();
  expect(await turn.outcome()).toEqual([expect.any(Number), 'whole', 'I have passed your message on.']);
  const alone = start();
  alone.at(100, () => alone.say('Thank you, I have noted your number.', 100));
  alone.at(900, () => alone.draft.finish(LISTEN));
  expect(await alone.outcome()).toEqual([900, 'whole', 'Thank you, I have noted your number.']);
});

test('a sentence that was said before waits for the rest only where that is near', async () => {
  const near = start();
  near.at(100, () => {
    near.draft.progress = { characters: 100, since: performance.now() - 50 };
    near.say('One.', 0);
  });
  near.at(180, () => [near.say('Two.', 20), near.draft.finish(LISTEN)]);
  expect(await near.outcome()).toEqual([200, 'whole', 'One.', 'Two.']);
  const far = start();
  far.at(100, () => {
    far.draft.progress = { characters: 10, since: performance.now() - 50 };
    far.say('One.', 0);
  });
  expect(await far.outcome()).toEqual([104, 'part', 'One.']);
});

test('once the model has finished, the first clip waits 250 ms for the rest of the reply', async () => {
  const together = start();
  together.at(0, () => [together.say('One.', 300), together.say('Two.', 540), together.draft.finish(LISTEN)]);
  expect(await together.outcome()).toEqual([540, 'whole', 'One.', 'Two.']);
  const apart = start();
  apart.at(0, () => [apart.say('One.', 300), apart.say('Two.', 900), apart.draft.finish(LISTEN)]);
  expect(await apart.outcome()).toEqual([550, 'part', 'One.']);
});

test('words for the telephone’s own voice wait 250 ms for the next ones, since nothing is lost by it', async () => {
  const turn = start({ clips: false });
  turn.at(100, () => turn.say('One.', 50));
  expect(await turn.outcome()).toEqual([400, 'part', 'One.']);
});

test('what follows may use the time in which the caller still hears what went before', async () => {
  const lastHanded = { text: 'Zero.', clip: { name: 'z', durationMs: 2_000 }, at: Date.now() };
  const turn = start({ lastHanded });
  turn.at(100, () => turn.say('One.', 100));
  turn.at(900, () => turn.say('Two.', 100));
  expect(await turn.outcome()).toEqual([2_000, 'part', 'One.', 'Two.']);
  const late = start({ lastHanded: { ...lastHanded, at: Date.now() - 60_000 } });
  late.at(100, () => late.say('One.', 100));
  expect(await late.outcome()).toEqual([450, 'part', 'One.']);
});

test('a sentence whose voice is late holds back those after it, so that they come in order', async () => {
  const turn = start();
  turn.at(0, () => [turn.say('One.', 900), turn.say('Two.', 100), turn.draft.finish(LISTEN)]);
  expect(await turn.outcome()).toEqual([900, 'whole', 'One.', 'Two.']);
});

test('without first words there is nothing yet after 1,500 ms', async () => {
  expect(await start().outcome()).toEqual([1_500, 'nothingYet']);
});

test('words that have begun are worth waiting for, up to the hard limit', async () => {
  const spoken = start();
  spoken.at(1_400, () => spoken.say('One.', 2_000));
  spoken.at(1_500, () => spoken.draft.finish(LISTEN));
  expect(await spoken.outcome()).toEqual([3_400, 'whole', 'One.']);
  const stuck = start();
  stuck.at(1_400, () => stuck.say('One.', 60_000));
  expect(await stuck.outcome()).toEqual([4_500, 'nothingYet']);
});

test('a model that began and failed leaves nothing to wait for', async () => {
  const turn = start();
  turn.at(1_000, () => turn.say('One.', 60_000));
  turn.at(2_000, () => {
    turn.draft.discard();
    turn.draft.begun = false;
    turn.draft.bell.ring();
  });
  expect(await turn.outcome()).toEqual([2_000, 'nothingYet']);
});

test('a part is handed out by the hard limit even while the caller still hears a long clip', async () => {
  const turn = start({ lastHanded: { text: 'x', clip: { name: 'z', durationMs: 30_000 }, at: Date.now() } });
  turn.at(100, () => turn.say('One.', 100));
  expect(await turn.outcome()).toEqual([4_500, 'part', 'One.']);
});

test('an ending without words is whole', async () => {
  const turn = start();
  turn.at(700, () => turn.draft.finish({ kind: 'hangUp' }));
  expect(await turn.outcome()).toEqual([700, 'whole']);
});

test('nothing is handed out twice', async () => {
  const turn = start();
  turn.at(100, () => turn.say('One.', 50));
  expect(await turn.outcome()).toEqual([150, 'part', 'One.']);
  turn.say('Two.', 100);
  turn.draft.finish(LISTEN);
  turn.wait();
  expect((await turn.outcome())?.slice(1)).toEqual(['whole', 'Two.']);
  expect(jest.getTimerCount()).toBe(0);
});
