import { createDraft } from '../../src/conversations/draft';
import { climb } from '../../src/conversations/ladder';
import { createWordPump } from '../../src/conversations/word-pump';
import { voiced } from '../../src/conversations/voicing';
import { hintsOf } from '../../src/conversations/hints';
import { profileSchema } from '../../src/common/profile';
import { CALL, model } from './replies';

const newDraft = () => createDraft((text) => Promise.resolve({ text }), Date.now);

test('white space is no first word', async () => {
  jest.useFakeTimers();
  const second = model('We open at nine.');
  const draft = newDraft();
  void climb({
    rungs: [
      { name: 'first', dueMs: 0, reply: model('\n', Infinity) },
      { name: 'second', dueMs: 1_500, reply: second },
      { name: 'answerer', dueMs: 6_000, reply: model('x.') },
    ],
    call: CALL,
    draft,
    signal: new AbortController().signal,
    outrun: () => undefined,
    spoke: () => undefined,
    noted: () => undefined,
    failed: () => undefined,
  });
  await jest.advanceTimersByTimeAsync(1_600);
  jest.useRealTimers();
  expect(second.calls).toHaveLength(1);
});

test('once full, nothing from later on gets in', () => {
  const draft = newDraft();
  const pump = createWordPump(draft);
  const long = (n: number) => `Sentence ${n} is ${'very '.repeat(20)}`.slice(0, 88) + 'x.';
  const rooms = Array.from({ length: 16 }, (_, n) => pump.push(`${long(n)} `));
  expect(rooms.at(-1)).toBe(false);
  pump.push('Bye.');
  pump.end();
  expect(draft.waiting.map(({ text }) => text)).not.toContain('Bye.');
});

test('no speech is paid for in a turn that is over', async () => {
  let asked = 0;
  const speak = () => {
    asked += 1;
    return Promise.resolve({ name: 'a', durationMs: 1 });
  };
  const controller = new AbortController();
  controller.abort();
  await voiced({ speak, voice: { name: 'v', language: 'en-US' }, missed: () => undefined }, 'x', {
    patienceMs: 10,
    signal: controller.signal,
  });
  expect(asked).toBe(0);
});

test('hints leave room in 64 kB', () => {
  const hints = Array.from({ length: 600 }, (_, n) => `${n}${'営'.repeat(90)}`);
  expect(Buffer.byteLength(hintsOf(profileSchema.parse({ businessName: 'x', hints })).join(','))).toBeLessThan(50_000);
});
