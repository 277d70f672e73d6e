import fc from 'fast-check';
import { toSpeakable } from '../../src/conversations/speakable';

const MARKDOWN = [
  ...[
    '#',
    '##',
    '######',
    '*',
    '**',
    '***',
    '_',
    '__',
    '`',
    '```',
    '```js\n',
    '~~',
    '|',
    '|---|',
    '---',
    '===',
    '>',
    '> >',
  ],
  ...[
    '[',
    ']',
    '](',
    '![',
    ')',
    '[a](https://example.com/b_c)',
    '[![x](y.png)](z)',
    '<b>',
    '</b>',
    '<!-- c -->',
    '<',
    '>',
  ],
  ...['- ', '* ', '+ ', '• ', '1. ', '2) ', '\\', '{', '}', '^', '&amp;', '&#39;', '&', '@', '://', 'https://', 'www.'],
  ...[
    'ana_b@example.com',
    'http://user:word@[::1]:80/?a=b#c',
    'ftp://例え.jp',
    ' ',
    '  ',
    '\n',
    '\n\n',
    '\t',
    '\u00a0',
  ],
  ...['.', ',', '!', '?', ':', '…', '...', ' .', ' ,', '5', '3.50', 'open', 'Café', '営業', '(', '"', '-', '/'],
  ...['👍🏽', '👩‍👩‍👧', '🇺🇸', '1️⃣', '©', '\ud800', '\udfff', '\u0000', '\u001b[31m', '\u200b', '\u202e', '\u00ad', '\ufeff'],
];
const anyCodeUnits = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 60 });
const anything = fc
  .array(fc.oneof(fc.constantFrom(...MARKDOWN), fc.string({ unit: 'binary', maxLength: 8 }), anyCodeUnits), {
    maxLength: 25,
  })
  .map((pieces) => pieces.join(''));
const RUNS = { numRuns: 1_500 };

test('whatever a model writes, no mark, control character, emoji or address is left to be said', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const words = toSpeakable(text);
      expect(words).not.toMatch(/[*_`#~|[\]<>\\{}^&]|:\/\/|\s\s|[^\S ]/);
      expect(words).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Extended_Pictographic}\p{Regional_Indicator}]/u);
      expect(words).toBe(words.trim());
    }),
    RUNS,
  );
});

test('a web address without a name is left as it is', () => {
  expect(toSpeakable('www. .')).toBe('www..');
  expect(toSpeakable('www..')).toBe('www..');
});

test('what is speakable stays as it is', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const words = toSpeakable(text);
      expect(toSpeakable(words)).toBe(words);
    }),
    RUNS,
  );
});

test.each([
  'www .example.com',
  'ana@example .com',
  'a ....',
  'a . . . .',
  'a , ,b',
  'a ,,',
  'a:: //b',
  '1. - a',
  '*- a*',
])('so does what gets near a mark or an address only by being tidied: %j', (text) => {
  const words = toSpeakable(text);
  expect(toSpeakable(words)).toBe(words);
});

test('no letter or digit of plain text is lost, and there is silence only where there was none', () => {
  const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
  const plain = fc.array(
    fc.constantFrom('open', 'Café', '9', '30', '営業', ' ', '. ', ', ', '? ', '\n', '👍', '- ', '**'),
  );
  fc.assert(
    fc.property(plain, (pieces) => {
      const text = pieces.join('');
      expect(letters(toSpeakable(text))).toBe(letters(text));
    }),
    RUNS,
  );
});

test.each([
  'It costs $5.50, or 45 % less on Mondays.',
  'We open at 9:30 a.m. and close at 5 p.m.',
  'Call +1 202 555 0100 or (202) 555-0101.',
  'It is 3.5 miles away; we are here 24/7!',
  "O'Brien's café isn't far - it's next door.",
  'Was it “soon”, or ‘later’ … I wonder (really)?',
  '1. Call us.',
  '24. Dezember: Wir haben geöffnet. Schöne Grüße aus der Straße!',
  'Bonjour ! Ça va ? Nous sommes là : à bientôt ; « merci ».',
  '本日は午前9時から午後5時まで営業しております。ご予約は？',
  'السلام عليكم، نحن هنا.',
  '-5 degrees at 1/2 past, 50 % & no'.replace(' & ', ' and '),
])('is said as it is written: %s', (text) => expect(toSpeakable(text)).toBe(text));

test.each([
  ['# Opening hours\n\n**We** are _open_ `now`.', 'Opening hours. We are open now.'],
  ['- one\n- two\n  * three\n+ four', 'one. two. three. four'],
  ['1. Call us\n2. Say hello', '1. Call us. 2. Say hello'],
  ['| Day | Hours |\n|:---|---:|\n| Monday | 9-5 |', 'Day Hours. Monday 9-5'],
  ['See [our menu](https://example.com/menu_1?a=b), please.', 'See our menu, please.'],
  ['![a cat](cat.png) [![logo](logo.png)](https://example.com)', 'a cat logo'],
  ['```js\nsay this\n```\n> quoted\n>> twice', 'say this. quoted. twice'],
  ['We <b>are</b> <a href="x">open</a><br/>now<!-- not --> .', 'We are open now.'],
  ['Fish &amp; chips, it&#39;s good&nbsp;&lt;really&gt;.', "Fish and chips, it's good really."],
  ['R&D at AT&T', 'R and D at AT and T'],
  ['Look at https://www.example.com/a/b_c?d=e#f. Then call.', 'Look at example dot com. Then call.'],
  ['(www.my-shop.example.com:8080/x), or example.com', '(my dash shop dot example dot com), or example.com'],
  ['**https://example.com**!', 'example dot com!'],
  ['Write to jane_doe+cars@mail.example.com.', 'Write to jane underscore doe plus cars at mail dot example dot com.'],
  ['We are #1 at Suite#5, C#.', 'We are number 1 at Suite number 5, C.'],
  ['3*4 is not 34, nor is 9:00~17:00', '3 4 is not 34, nor is 9:00 17:00'],
  ['Hi 👋! Fine👍🏽now 🇺🇸 1️⃣ ok 🎉', 'Hi! Fine now 1 ok'],
  ['Öff\u00adnung\u200bszeiten\u202e \ud800sind\u0000da', 'Öffnungszeiten sind da'],
  ['So!!!! What?? Well......', 'So! What? Well…'],
  ['snake_case and __init__', 'snake case and init'],
])('%j is said as %j', (text, words) => expect(toSpeakable(text)).toBe(words));

test.each(['', ' \n\t ', '---', '***', '```', '👍', '?!', '> > >', '| |', '\u0000\ud800', '[](https://example.com)'])(
  'nothing is said for %j',
  (text) => expect(toSpeakable(text)).toBe(''),
);

test.each(
  [
    ...[
      '[',
      '![',
      '*',
      '_',
      'a_',
      '<',
      '<a',
      '<!--',
      '€',
      'a',
      'a@',
      'a.',
      '-',
      ' ',
      '\n',
      '\t ',
      '1*',
      '&',
      '&#',
      ':',
    ],
    ...['www.', 'http://', '[a](', '](', '#', '👍', '> ', '- ', '.', ' .', ' ,', '|', '`', '~', '\u200d', 'a:', '9~'],
  ].map((piece) => [piece]),
)('50 kB of %j are no trouble', (piece) => {
  const began = performance.now();
  for (const end of ['', 'x', '\nx']) toSpeakable(piece.repeat(50_000 / piece.length) + end);
  toSpeakable(`https://example.com/${piece.repeat(50_000 / piece.length)}x`);
  expect(performance.now() - began).toBeLessThan(20_000);
});
