import { anyOf as anyOfPatterns, DANGERS, SIGN_OF_DANGER } from '../../src/conversations/danger-phrases';
import { randomFrom } from '../../bench/random';

/** A way to read a pattern: what is left of it, and where it goes on by chance. */
interface Reading {
  pattern: string;
  at: number;
  random: () => number;
}

/** Some text that a pattern of plain letters, groups, `?`, `{0,3}`, `|` and `\w+` describes. */
function textOf(pattern: string, random: () => number): string {
  return anyOf({ pattern, at: 0, random }).replace(/ +/g, ' ').trim();
}

function anyOf(reading: Reading): string {
  const texts = [sequence(reading)];
  while (reading.pattern[reading.at] === '|') {
    reading.at += 1;
    texts.push(sequence(reading));
  }
  return texts[Math.floor(reading.random() * texts.length)] ?? '';
}

function sequence(reading: Reading): string {
  let text = '';
  while (reading.at < reading.pattern.length && !'|)'.includes(reading.pattern[reading.at] ?? ''))
    text += item(reading);
  return text;
}

function item(reading: Reading): string {
  const text = atom(reading);
  const repeat = /^(?:\?|\*|\{0,3\})/.exec(reading.pattern.slice(reading.at))?.[0];
  reading.at += repeat?.length ?? 0;
  return repeat && reading.random() < 0.5 ? '' : text;
}

function atom(reading: Reading): string {
  const rest = reading.pattern.slice(reading.at);
  const opening = /^\(\?[:!]/.exec(rest)?.[0];
  const word = /^\\w[+*]/.exec(rest)?.[0];
  reading.at += opening?.length ?? word?.length ?? 1;
  if (opening) {
    const text = anyOf(reading);
    reading.at += 1;
    return opening === '(?!' ? '' : text;
  }
  return word ? 'zoo' : (rest[0] ?? '');
}

test('everything that is danger has one of the signs that are looked for first', () => {
  const random = randomFrom('danger');
  const danger = anyOfPatterns(DANGERS.flat());
  const texts = DANGERS.flat().flatMap((pattern) => Array.from({ length: 400 }, () => textOf(pattern, random)));
  expect(texts.filter((text) => !SIGN_OF_DANGER.test(text))).toEqual([]);
  // the texts are what the patterns describe, but for the few that a look ahead shuts out
  expect(texts.filter((text) => danger.test(text)).length).toBeGreaterThan(texts.length * 0.99);
});
