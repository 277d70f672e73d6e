import { startFrontdesk } from '../support/frontdesk';

const SIX = [
  'We open at nine. ',
  'We close at six. ',
  'Parking is free. ',
  'Dogs are welcome. ',
  'The bus stops here. ',
  'It is the number seven.',
];
const clipsIn = (xml: string) => [...xml.matchAll(/<Play>([^<]*)<\/Play>/g)].map(([, clip]) => clip);
const redirectIn = (xml: string) => /<Redirect[^>]*>([^<]*)</.exec(xml)?.[1]?.replaceAll('&amp;', '&');

test('a webhook that comes again long after its answer takes nothing of the reply that is being heard', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  frontdesk.groq.reply({ words: SIX, tokenMs: 1_300 });
  let { xml } = await frontdesk.post('process?turn=1', { SpeechResult: 'Tell me everything, please.' });
  const heard = clipsIn(xml);
  const addresses: string[] = [];
  for (let next = redirectIn(xml); next !== undefined; next = redirectIn(xml)) {
    addresses.push(next);
    ({ xml } = await frontdesk.post(next));
    heard.push(...clipsIn(xml));
    if (addresses.length !== 3) continue;
    const late = await frontdesk.post(addresses[0] ?? '');
    expect(clipsIn(late.xml)).toEqual([]);
    expect(redirectIn(late.xml)).toBe(redirectIn(xml));
  }
  expect(addresses.length).toBeGreaterThan(3);
  expect(heard).toHaveLength(SIX.length);
  expect(new Set(heard).size).toBe(SIX.length);
});

test('what is said to a webhook that comes too late is no part of the conversation', async () => {
  const frontdesk = await startFrontdesk({ groq: true });
  frontdesk.groq.next('We open at nine.', 'Yes, behind the house.', 'By bus.', 'On Friday, too.');
  const say = (turn: number, words: string) => frontdesk.post(`process?turn=${turn}`, { SpeechResult: words });
  await say(1, 'When do you open?');
  await say(2, 'Is there parking?');
  await say(3, 'How do I get there?');
  expect((await say(1, 'When do you open?')).xml).toContain('something went wrong');
  await say(4, 'And on Friday?');
  expect(frontdesk.groq.requests.at(-1)?.body.messages.slice(-2)).toEqual([
    { role: 'assistant', content: 'By bus.' },
    { role: 'user', content: 'And on Friday?' },
  ]);
});
