import { createDraft, type Draft } from '../../src/conversations/draft';
import { createWordPump } from '../../src/conversations/word-pump';

const newDraft = () => createDraft((text) => Promise.resolve({ text }), Date.now);
const waitingIn = (draft: Draft) => draft.waiting.map(({ text }) => text);
/** Sentences of a hundred characters, each with a number of its own. */
const sentence = (n: number) => `Sentence ${n} is ${'very '.repeat(20)}`.slice(0, 98) + 'x.';

describe('a draft', () => {
  test('holds what can be said, in order, and nothing else', () => {
    const draft = newDraft();
    for (const words of ['**One.**', ' \n', '👍', '`Two`']) expect(draft.say(words)).toBe(true);
    expect(waitingIn(draft)).toEqual(['One.', 'Two']);
  });

  test('hands out the first sentences once, and counts them', async () => {
    const draft = newDraft();
    ['One.', 'Two.', 'Three.'].forEach(draft.say);
    await Promise.resolve();
    expect(draft.handOut(2)).toEqual([{ text: 'One.' }, { text: 'Two.' }]);
    expect(draft.handOut(0)).toEqual([]);
    expect([draft.handedOut, waitingIn(draft)]).toEqual([2, ['Three.']]);
  });

  test('forgets what was not handed out, even if its voice comes later', async () => {
    let speak: (utterance: { text: string }) => void = () => undefined;
    const draft = createDraft(() => new Promise((resolve) => (speak = resolve)), Date.now);
    draft.say('One.');
    draft.discard();
    draft.say('Two.');
    speak({ text: 'Two.' });
    await Promise.resolve();
    expect(waitingIn(draft)).toEqual(['Two.']);
    expect(draft.handOut(1)).toEqual([{ text: 'Two.' }]);
  });

  test('takes over a minute of speech, but a single sentence in any case', () => {
    const draft = newDraft();
    const taken = Array.from({ length: 20 }, (_, n) => draft.say(sentence(n)));
    expect(taken.filter(Boolean)).toHaveLength(12);
    expect(newDraft().say('word '.repeat(1_000))).toBe(true);
  });

  test('what was discarded leaves its room to others', () => {
    const draft = newDraft();
    while (draft.say(sentence(1)));
    draft.discard();
    expect(draft.say(sentence(2))).toBe(true);
  });

  test('rings for new words, for a voice that is ready, and for the end', async () => {
    let rings = 0;
    const draft = newDraft();
    const count = () => void draft.bell.rungWithin(10_000).then(() => (rings += 1));
    count();
    draft.say('One.');
    await new Promise(setImmediate);
    count();
    draft.finish({ kind: 'hangUp' });
    await new Promise(setImmediate);
    expect([rings, draft.ending]).toEqual([2, { kind: 'hangUp' }]);
    const speaking = newDraft();
    speaking.say('One.');
    await speaking.bell.rungWithin(10_000);
    expect(speaking.waiting[0]?.readyAt).toBeGreaterThan(0);
  });
});

describe('a pump', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  function start() {
    const draft = newDraft();
    return { draft, pump: createWordPump(draft) };
  }

  test('puts in each sentence as soon as it is whole, and at the end what is left', () => {
    const { draft, pump } = start();
    for (const piece of ['We op', 'en at nine. And', ' we close', ' at five. Bye']) pump.push(piece);
    expect(waitingIn(draft)).toEqual(['We open at nine.', 'And we close at five.']);
    pump.end();
    expect(waitingIn(draft)).toEqual(['We open at nine.', 'And we close at five.', 'Bye']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('lets a first clause of a second or more go ahead when the words come slowly', () => {
    const { draft, pump } = start();
    pump.push('Yes, we are open today, from nine');
    jest.advanceTimersByTime(79);
    expect(waitingIn(draft)).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(waitingIn(draft)).toEqual(['Yes, we are open today,']);
    pump.push(' to five, and on Sundays, too, all day');
    jest.advanceTimersByTime(1_000);
    expect(waitingIn(draft)).toEqual(['Yes, we are open today,']);
    pump.end();
    expect(waitingIn(draft)).toEqual(['Yes, we are open today,', 'from nine to five, and on Sundays, too, all day']);
  });

  test('tries again for a clause that was too short at first', () => {
    const { draft, pump } = start();
    pump.push('Well, yes,');
    jest.advanceTimersByTime(80);
    pump.push(' we are open,');
    pump.push(' I think');
    jest.advanceTimersByTime(80);
    expect(waitingIn(draft)).toEqual(['Well, yes, we are open,']);
  });

  test('divides no sentence that comes quickly', () => {
    const { draft, pump } = start();
    pump.push('Yes, we are open today, from nine to five. ');
    jest.advanceTimersByTime(60);
    pump.push('Bye');
    jest.advanceTimersByTime(500);
    expect(waitingIn(draft)).toEqual(['Yes, we are open today, from nine to five.']);
  });

  test('lets a clause go ahead as it comes when the words come slowly, and a long one in any case', () => {
    const slow = start();
    slow.draft.progress = { characters: 0, since: performance.now() };
    for (const words of ['Yes, ', 'we are ', 'open ', 'today, ', 'from']) {
      slow.pump.push(words);
      jest.advanceTimersByTime(60);
    }
    expect(waitingIn(slow.draft)).toEqual(['Yes, we are open today,']);
    const quick = start();
    quick.draft.progress = { characters: 0, since: performance.now() };
    quick.pump.push(`We are open today, and on every other day of the week${' as well'.repeat(6)}, and`);
    expect(waitingIn(quick.draft)).toEqual([
      `We are open today, and on every other day of the week${' as well'.repeat(6)},`,
    ]);
  });

  test('puts in no word of its own that is over before it is heard', () => {
    const { draft, pump } = start();
    pump.push('Yes. We are open on Sundays. Do');
    expect(waitingIn(draft)).toEqual(['Yes. We are open on Sundays.']);
    const brief = start();
    brief.pump.push('**Well** 🎉, we');
    jest.advanceTimersByTime(200);
    expect(waitingIn(brief.draft)).toEqual([]);
    brief.pump.end();
    expect(waitingIn(brief.draft)).toEqual(['Well, we']);
  });

  test('knows whether it has said anything', () => {
    const { pump } = start();
    pump.push('** ** ');
    pump.end();
    expect(pump.said()).toBe(false);
    pump.push('Yes');
    expect(pump.said()).toBe(false);
    pump.end();
    expect(pump.said()).toBe(true);
  });

  test('drops the beginning of a sentence when only whole ones are wanted and there was one', () => {
    const cut = start();
    cut.pump.push('We open at nine. On Sun');
    cut.pump.end({ wholeSentencesOnly: true });
    expect(waitingIn(cut.draft)).toEqual(['We open at nine.']);
    const only = start();
    only.pump.push('We open at');
    only.pump.end({ wholeSentencesOnly: true });
    expect(waitingIn(only.draft)).toEqual(['We open at']);
  });

  test('that is stopped says nothing more by itself', () => {
    const { draft, pump } = start();
    pump.push('Yes, we are open today, from nine');
    pump.stop();
    jest.advanceTimersByTime(1_000);
    expect(waitingIn(draft)).toEqual([]);
  });

  test('says so when there is no more room, and then nothing from later on gets in', () => {
    const { draft, pump } = start();
    const rooms = Array.from({ length: 14 }, (_, n) => pump.push(`${sentence(n)} `));
    expect([rooms[0], rooms.at(-1)]).toEqual([true, false]);
    pump.push('Bye.');
    pump.end();
    expect(waitingIn(draft)).toEqual(Array.from({ length: 12 }, (_, n) => sentence(n)));
  });
});
