import { createDraft } from '../../src/conversations/draft';
import { createHeadStart } from '../../src/conversations/head-start';
import type { Speak } from '../../src/conversations/ports';
import { createSentenceCutter } from '../../src/conversations/sentences';

const NO_CLAUSE = 1_000;

describe('a sentence that seems to end', () => {
  const foreseen = (text: string, clause = NO_CLAUSE) => {
    const cutter = createSentenceCutter(12);
    cutter.push(text);
    return cutter.foreseen(clause);
  };

  test.each([
    'We are open until six.',
    'Would you like to come in?',
    'That is settled then!',
    '"We are open until six."',
    'Yes. We are open.',
    'Yes, we are open until six o’clock today.',
  ])('is foreseen: %s', (text) => {
    expect(foreseen(text)).toBe(text);
  });

  test.each([
    'It costs about 3.',
    'You should ask for Dr.',
    'You should ask for Miss J.',
    'We close at 5 p.m.',
    'We close at half past 5 p.',
    'We are open Mon.',
    'Our office is at No.',
    'You can reach us at ext.',
    'You find us at www.',
    'You find us at frontdesk.example.',
    'Write to info@example.',
    'Yes.',
    'We are open until six',
    'We are open, ',
  ])('is not foreseen where it may well go on, is too short or has no end: %s', (text) => {
    expect(foreseen(text)).toBeUndefined();
  });

  test('is the clause that would be cut, where clauses are cut', () => {
    expect(foreseen('We are open until six on Monday,', 18)).toBe('We are open until six on Monday,');
    expect(foreseen('We are open until six on Monday,')).toBeUndefined();
    expect(foreseen('We are open,', 18)).toBeUndefined();
  });

  test('is what is cut when white space comes, in any sentence of a reply', () => {
    const cutter = createSentenceCutter(12);
    expect(cutter.push('We are open until six. On')).toEqual(['We are open until six.']);
    cutter.push(' Sunday we are closed.');
    const words = cutter.foreseen(NO_CLAUSE);
    expect(cutter.push(' And')).toEqual([words]);
  });
});

describe('a head start', () => {
  const voice = { name: 'en-US-Neural2-F', language: 'en-US' };
  const clip = { name: 'clip', durationMs: 1_000 };
  const start = ({ hasRoom = true, fails = false } = {}) => {
    const asked: { text: string; signal: AbortSignal }[] = [];
    const speak: Speak = (text, _voice, signal) => {
      asked.push({ text, signal });
      return fails ? Promise.reject(new Error('no voice')) : Promise.resolve(clip);
    };
    const controller = new AbortController();
    const mouth = () => ({ speak, voice, missed: () => undefined });
    const headStart = createHeadStart(mouth, () => hasRoom, controller.signal);
    const say = (text: string, limit = new AbortController()) => headStart.mouth().speak?.(text, voice, limit.signal);
    return { asked, controller, headStart, say };
  };
  const texts = (asked: readonly { text: string }[]) => asked.map(({ text }) => text);

  test('asks once for a sentence, which is then said with what was begun', async () => {
    const { asked, headStart, say } = start();
    headStart.begin('One is long.');
    headStart.begin('One is long.');
    await expect(say('One is long.')).resolves.toBe(clip);
    expect([texts(asked), headStart.end()]).toEqual([['One is long.'], 0]);
    expect(asked[0]?.signal.aborted).toBe(false);
  });

  test('ends with another sentence, and knows what was in vain', () => {
    const { asked, headStart, say } = start();
    headStart.begin('One is long.');
    void say('One is long.example and more.');
    expect(texts(asked)).toEqual(['One is long.', 'One is long.example and more.']);
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(headStart.end()).toBe('One is long.'.length);
  });

  test('ends when who said the sentence does not wait any more', () => {
    const { asked, headStart, say } = start();
    const limit = new AbortController();
    headStart.begin('One is long.');
    void say('One is long.', limit);
    limit.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  test('ends with its turn, and is not begun after it or in a crowd', () => {
    const { asked, controller, headStart } = start();
    headStart.begin('One is long.');
    controller.abort();
    headStart.begin('Two is long.');
    expect(asked.map(({ text, signal }) => [text, signal.aborted])).toEqual([['One is long.', true]]);
    const crowded = start({ hasRoom: false });
    crowded.headStart.begin('One is long.');
    expect(crowded.asked).toEqual([]);
  });

  test('that failed is not tried again when the sentence is said, and costs nothing', async () => {
    const { asked, headStart, say } = start({ fails: true });
    headStart.begin('One is long.');
    await expect(say('One is long.')).rejects.toThrow('no voice');
    headStart.begin('Two is long.');
    await new Promise(setImmediate);
    expect([texts(asked), headStart.end()]).toEqual([['One is long.', 'Two is long.'], 0]);
  });
});

describe('a draft', () => {
  test('has no sentence voiced too soon once its model has decided on something else', () => {
    const foreseen: string[] = [];
    const draft = createDraft(
      (text) => Promise.resolve({ text }),
      Date.now,
      (text) => foreseen.push(text),
    );
    draft.foresee('**One** is long.');
    draft.decided = true;
    draft.foresee('Two is long.');
    expect(foreseen).toEqual(['One is long.']);
  });
});
