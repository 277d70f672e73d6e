import { addressIn, startFrontdesk, type Running } from '../support/frontdesk';
import { guessesOf, told } from '../support/partials';

const FINAL = 'Do you have any elephants?';
const PREWARMED = 400;
const LONG = [
  'We have been mending all kinds of bicycles in this workshop for more than thirty years by now,',
  'and on top of that we lend some of them to visitors by the hour.',
];
const SLOW = ['We do not have any elephants in this workshop,', 'but there is a very nice one in the zoo next door.'];

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Greets, tells of words that look complete, and `ms` after that of the same as the final ones. */
async function answered(frontdesk: Running, ms: number) {
  const { xml } = await frontdesk.post('incoming');
  await wait(PREWARMED); // what every call says is made first
  frontdesk.voice.requests.length = 0;
  await told(frontdesk, xml, [FINAL]);
  await wait(ms);
  const answer = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult: FINAL });
  const rest = answer.xml.includes('<Redirect') ? await frontdesk.post(addressIn(answer.xml, 'continue')) : undefined;
  await wait(PREWARMED);
  expect(await guessesOf(frontdesk)).toEqual({ adopted: 1 });
  return { answer, rest, voiced: frontdesk.voice.requests.map(({ text }) => text) };
}

async function started(): Promise<Running> {
  const frontdesk = await startFrontdesk({ groq: true, voice: true, env: { SPECULATION: 'on' } });
  frontdesk.voice.delay.baseMs = 200;
  return frontdesk;
}

test('of a long first sentence the clause is there that the turn asks for', async () => {
  const frontdesk = await started();
  frontdesk.groq.reply(LONG.join(' '));
  const { answer, voiced } = await answered(frontdesk, 800);
  expect(answer.ms).toBeLessThan(150);
  expect(voiced).toEqual(LONG);
});

test.each([
  ['before the first clause ends', 300],
  ['in mid-sentence', 900],
  ['after the first sentence', 2_000],
])('of slow words nothing is voiced twice, with the final words %s', async (when, ms) => {
  const frontdesk = await started();
  frontdesk.groq.reply({ words: SLOW.join(' '), tokenMs: 60 });
  const { answer, voiced } = await answered(frontdesk, ms);
  expect(voiced).toEqual(SLOW);
  if (when !== 'before the first clause ends') expect(answer.ms).toBeLessThan(150);
});

test('a short first sentence goes with the next, and both are one clip', async () => {
  const frontdesk = await started();
  frontdesk.groq.reply('No. We have none of those at all. Anything else?');
  const { answer, voiced } = await answered(frontdesk, 800);
  expect(answer.ms).toBeLessThan(150);
  expect(voiced).toEqual(['No. We have none of those at all.', 'Anything else?']);
});
