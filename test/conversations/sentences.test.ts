import fc from 'fast-check';
import { createSentenceCutter } from '../../src/conversations/sentences';

/** All sentences of a text that arrives in these pieces, the unfinished one last. */
function cut(...pieces: string[]): string[] {
  const cutter = createSentenceCutter();
  return [...pieces.flatMap((piece) => cutter.push(piece)), cutter.rest()].filter(Boolean);
}

const squeezed = (text: string) => text.replace(/\s+/g, '');

const TOKENS = [
  ...['We', 'open', 'Dr', 'a.m', 'U.S', 'No', '5', '3.50', '本日は', 'Café', '𠮷', 'x'.repeat(90), '𠮷'.repeat(151)],
  ...[
    '.',
    '.',
    '!',
    '?',
    '…',
    '...',
    '。',
    '！',
    '」',
    '"',
    '”',
    ')',
    '**',
    ',',
    ':',
    '、',
    ' ',
    ' ',
    ' ',
    '\n',
    '\t',
    '\u3000',
  ],
];
const aText = fc.array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...TOKENS) }, fc.string({ maxLength: 3 })), {
  maxLength: 60,
});
const RUNS = { numRuns: 1_000 };

test('the sentences are the same however a text is divided into pieces', () => {
  fc.assert(
    fc.property(aText, fc.array(fc.nat(9), { minLength: 1, maxLength: 5 }), (tokens, sizes) => {
      const text = tokens.join('');
      const characters = Array.from(text);
      const pieces: string[] = [];
      for (let turn = 0; characters.length > 0; turn++) {
        pieces.push(characters.splice(0, (sizes[turn % sizes.length] ?? 0) || 1).join(''));
      }
      expect(cut(...pieces)).toEqual(cut(text));
    }),
    RUNS,
  );
});

test('nothing but white space is lost, no sentence is empty or longer than 300 characters, no character is halved', () => {
  fc.assert(
    fc.property(aText, (tokens) => {
      const sentences = cut(...tokens);
      expect(squeezed(sentences.join(''))).toBe(squeezed(tokens.join('')));
      for (const sentence of sentences) {
        expect(sentence.length).toBeLessThanOrEqual(300);
        expect(sentence).toBe(sentence.trim());
        expect(sentence).not.toMatch(/^$|\p{Cs}/u);
      }
    }),
    RUNS,
  );
});

test('nothing is lost when clauses are taken out on the way', () => {
  fc.assert(
    fc.property(aText, fc.nat(30), (tokens, minLength) => {
      const cutter = createSentenceCutter();
      const said = tokens.flatMap((token) => [...cutter.push(token), cutter.takeClause(minLength) ?? '']);
      expect(squeezed([...said, cutter.rest()].join(''))).toBe(squeezed(tokens.join('')));
    }),
    RUNS,
  );
});

test.each<[string, string[]]>([
  ['two plain sentences', ['We are open.', 'Come by!']],
  ['abbreviations', ['Dr. Smith and Mrs. Jones work on Main St. with Mr. T.']],
  ['an address', ['It is 5 Oak Ave. Suite 7, tel. 202 555 0100.', 'Do come.']],
  ['decimals and prices', ['It costs $5.50 or 3.5 percent.', 'Is that fine?']],
  ['times of day', ['We open 9 a.m. to 5 p.m. on Mondays.', 'On Sundays we rest.']],
  ['a time at the end', ['We close at 5 p.m.', 'Anything else?']],
  ['initials', ['Ask for J. R. Rivers.', 'He knows.']],
  ['an acronym', ['We ship within the U.S. Only letters.']],
  ['no as an answer', ['No.', 'We are closed.']],
  ['a number', ['It is room no. 5.', 'Thanks.']],
  ['an ellipsis in the middle', ['Well... let me see… yes.', 'We are open.']],
  ['an ellipsis at the end', ['Let me see…', 'Yes.', 'Hm...', 'No!']],
  ['quotes', ['He said "Hello." Then he left.']],
  ['German', ['Wir haben z. B. montags auf, d. h. ab ca. 9 Uhr.', 'Bis bald!']],
  ['Markdown', ['**We are open.**', '*Come by!*', 'Bye.']],
  ['a question and a shout', ['Really?!', 'Yes.']],
  ['a web address', ['See example.com or www.example.com/?a=b.', 'Bye.']],
])('%s', (_, sentences) => {
  const expected = sentences.flatMap((each) => each.split(/(?<=Hello\.") /));
  expect(cut(expected.join(' '))).toEqual(expected);
});

test('Japanese needs no space between sentences, and a closing bracket stays with its sentence', () => {
  expect(cut('営業中です。「はい！」ご予約は？', 'お待ちします。')).toEqual([
    '営業中です。',
    '「はい！」',
    'ご予約は？',
    'お待ちします。',
  ]);
});

test('every line of a list is a sentence, and its number stays with it', () => {
  expect(cut('We offer:\n1. Repairs\n2. Parts\n\n- advice\r\nand more')).toEqual([
    'We offer:',
    '1. Repairs',
    '2. Parts',
    '- advice',
    'and more',
  ]);
});

test('a sentence is handed over as soon as the next one begins, not before', () => {
  const cutter = createSentenceCutter();
  expect(cutter.push('We are open.')).toEqual([]);
  expect(cutter.push(' ')).toEqual([]);
  expect(cutter.push('C')).toEqual(['We are open.']);
  expect(cutter.rest()).toBe('C');
  expect(cutter.rest()).toBe('');
});

test('a sentence of over 300 characters is cut at a space', () => {
  const sentences = cut('word '.repeat(100));
  expect(sentences).toEqual(['word '.repeat(60).trim(), 'word '.repeat(40).trim()]);
});

test.each(['..', '."', '. ', '…', '。」', '.\n'])('the same holds where it would be cut anyway: %j', (mark) => {
  for (const length of [298, 299, 300]) {
    const text = `${'x'.repeat(length)}${mark} y`;
    expect(cut(...Array.from(text))).toEqual(cut(text));
  }
});

test('a clause is taken at the first comma that makes it long enough, and never inside a number or a time span', () => {
  const cutter = createSentenceCutter();
  cutter.push('Yes, we have 1,200 parts here, mostly new, 9 – 5');
  expect(cutter.takeClause(18)).toBe('Yes, we have 1,200 parts here,');
  expect(cutter.takeClause(18)).toBeUndefined();
  expect(cutter.takeClause(5)).toBe('mostly new,');
  expect(cutter.push(' daily, x')).toEqual([]);
  expect(cutter.takeClause(6)).toBe('9 – 5 daily,');
  expect(cutter.takeClause(0)).toBeUndefined();
  expect(cutter.rest()).toBe('x');
  cutter.push('はい、営業しております');
  expect(cutter.takeClause(3)).toBe('はい、');
});

test('no clause ends between figures, which belong together', () => {
  const cutter = createSentenceCutter();
  cutter.push('Our telephone number is 202, 555, 0142');
  expect(cutter.takeClause(18)).toBeUndefined();
  cutter.push(', in case');
  expect(cutter.takeClause(18)).toBe('Our telephone number is 202, 555, 0142,');
});

test('a first sentence that is brief goes with the next', () => {
  const cutter = createSentenceCutter(12);
  expect(cutter.push('No. Sorry! We are closed. And')).toEqual(['No. Sorry! We are closed.']);
  expect(cutter.push(' so. B')).toEqual(['And so.']);
  expect(createSentenceCutter(12).push(`${'🙂. '.repeat(50_000)}A`).length).toBeGreaterThan(0);
});

test.each([
  ['.'],
  ['. '],
  ['\n'],
  [' '],
  ['a. '],
  ['A.'],
  ['"'],
  ['."'],
  ['。'],
  ['x'],
  ['Hi. '],
  [','],
  [', '],
  ['1. '],
])('50 kB of %j are no trouble, in one piece or in many', (piece) => {
  const began = performance.now();
  const text = piece.repeat(50_000 / piece.length);
  cut(text);
  cut(`${text}x`);
  cut(...(`${text}y`.match(/[^]{1,50}/g) ?? []));
  expect(performance.now() - began).toBeLessThan(20_000);
});
