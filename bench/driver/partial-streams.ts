/** One version of a caller's words, told while they speak. Times in ms since the caller began. */
export interface StreamedPartial {
  sequence: number;
  words: string;
  atMs: number;
}

/** What a recogniser tells of one utterance, in the order in which it arrives. */
export interface PartialStream {
  partials: readonly StreamedPartial[];
  final: string;
  finalAtMs: number;
  /** Whether the last partial, by its number, says what the final words say: no number, negation or word is another. */
  sameMeaning: boolean;
}

/** How streams are to be: the share whose last partial says what the final words say, and the lead in ms. */
export interface StreamOptions {
  matching: number;
  leadMs: readonly [least: number, most: number];
}

const UTTERANCES = [
  'are you open on sundays',
  'how much is a tune up for 2 bikes',
  'can i come at 3:30 on monday',
  "i can't come on friday",
  'it is not the front wheel',
  "we're late by 15 minutes",
  'my number is 202 555 0143',
  'the invoice says 1,250.50 dollars',
  'do you have twenty five inner tubes',
  "i don't want to cancel",
  'is it no. 5 or no. 15',
  'i would like size 4.5 please',
  "it's on the 2nd, 3 of us are coming",
  'are they well and were they told',
  'does your shop repair electric bikes',
];

/** Pairs that sound alike or look alike, and are not the same. */
const CONFUSIONS: readonly (readonly [RegExp, string])[] = [
  [/\bcan't\b/, 'can'],
  [/\bdon't\b/, 'do'],
  [/\bnot the\b/, 'now the'],
  [/\bwe're\b/, 'were'],
  [/\bwere\b/, "we're"],
  [/\bit's\b/, 'its'],
  [/\bwell\b/, "we'll"],
  [/(\d)[.:,](\d)/, '$1$2'],
  [/(\d), (\d)/, '$1 $2'],
  [/(\d) (\d)/, '$1$2'],
  [/\b15\b/, '50'],
  [/\b2\b/, 'two'],
  [/\btwenty five\b/, '25'],
  [/\bfriday\b/, 'friday not saturday'],
  [/$/, ' not'],
  [/ \S+$/, ''],
  [/^\S+ /, ''],
];

/** A stream of its own for every run of `random`. */
export function partialStream(random: () => number, { matching, leadMs }: StreamOptions): PartialStream {
  const meant = pick(random, UTTERANCES);
  const sameMeaning = random() < matching;
  const lastHeard = sameMeaning ? meant : confuse(random, meant);
  const words = lastHeard.split(' ');
  let atMs = 200;
  const inOrder = words.map((_, at) => {
    atMs += 60 + Math.floor(random() * 70);
    const said = words.slice(0, at + 1).join(' ');
    return { sequence: at, words: at + 1 < words.length && random() < 0.1 ? misheard(random, said) : said, atMs };
  });
  inOrder.push(...repeated(random, inOrder.at(-1)));
  const [least, most] = leadMs;
  const finalAtMs = atMs + Math.round(least + random() * (most - least));
  return { partials: outOfOrder(random, inOrder), final: written(random, meant), finalAtMs, sameMeaning };
}

function pick<T>(random: () => number, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

function confuse(random: () => number, words: string): string {
  const possible = CONFUSIONS.filter(([from]) => from.test(words));
  const [from, to] = pick(random, possible);
  return words.replace(from, to).trim();
}

const misheard = (random: () => number, words: string) =>
  words.replace(/\S+$/, pick(random, ['sun', 'and', 'or', 'fifty']));

/** Some recognisers tell the same words again. */
const repeated = (random: () => number, last: StreamedPartial | undefined): StreamedPartial[] =>
  last && random() < 0.2 ? [{ ...last, sequence: last.sequence + 1 }] : [];

/** Two that were sent soon after each other may change places on their way. */
function outOfOrder(random: () => number, partials: readonly StreamedPartial[]): StreamedPartial[] {
  const arrived = [...partials];
  for (let at = 1; at < arrived.length; at += 1) {
    const [before, after] = [arrived[at - 1], arrived[at]];
    if (!before || !after || random() >= 0.05) continue;
    arrived[at - 1] = { ...after, atMs: before.atMs };
    arrived[at] = { ...before, atMs: after.atMs };
  }
  return arrived;
}

/** The final words as they are written: with capitals, a mark at the end, sometimes another space. */
function written(random: () => number, words: string): string {
  const capital = words.charAt(0).toUpperCase() + words.slice(1);
  const spaced = random() < 0.1 ? capital.replace(' ', '  ') : capital;
  return random() < 0.8 ? `${spaced}${pick(random, ['?', '.', '!'])}` : spaced;
}
