import { createHeadStart } from '../../src/conversations/head-start';
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
    'It costs 3.',
    'Ask for Dr.',
    'We close at 5 p.m.',
    'We close at 5 p.',
    'Yes.',
    'We are open until six',
    'Go to www.',
    'Write to info@example.',
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
  const start = (fails = false) => {
    const asked: string[] = [];
    const speak = (text: string) => {
      asked.push(text);
      return fails ? Promise.reject(new Error('no voice')) : Promise.resolve({ name: 'clip', durationMs: 1_000 });
    };
    const controller = new AbortController();
    return { asked, controller, headStart: createHeadStart(() => ({ speak, voice }), controller.signal) };
  };

  test('asks once for each sentence, and knows which were not said', () => {
    const { asked, headStart } = start();
    ['One is long.', 'One is long.', 'Two is.'].forEach(headStart.begin);
    headStart.said('One is long.');
    headStart.said('Another one.');
    expect(asked).toEqual(['One is long.', 'Two is.']);
    expect(headStart.wasted()).toBe('Two is.'.length);
  });

  test('of a turn that is over nothing is asked', () => {
    const { asked, controller, headStart } = start();
    controller.abort();
    headStart.begin('One is long.');
    expect([asked, headStart.wasted()]).toEqual([[], 0]);
  });

  test('that fails is nobody’s trouble', async () => {
    const { asked, headStart } = start(true);
    headStart.begin('One is long.');
    await new Promise(setImmediate);
    expect(asked).toEqual(['One is long.']);
  });
});
