import { sayInTurn } from '../../src/simulator/caller';
import { placeCall } from '../../src/simulator/place-call';
import { startFrontdesk, type Running, type Setup } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';

const TWENTY = Array.from({ length: 20 }, (_, index) => ({ say: `What about matter number ${index + 1}, please?` }));
const MESSAGE = [
  { say: 'When are you open?' },
  { say: 'Please take a message.' },
  { say: 'The chain of my red bicycle is broken.' },
];

async function call(
  setup: Setup,
  acts: Parameters<typeof sayInTurn>[0],
  prepare: (running: Running) => void = () => undefined,
) {
  const frontdesk = await startFrontdesk({ signed: false, ...setup });
  prepare(frontdesk);
  const report = await placeCall({ url: frontdesk.url, trial: true }, sayInTurn(acts));
  return { frontdesk, report };
}

test.each<[string, Setup, (running: Running) => void]>([
  ['no model', {}, () => undefined],
  [
    'a fast model',
    { groq: true, voice: true },
    ({ groq }) => groq.reply({ words: 'That is a fine matter. Tell me more of it.' }),
  ],
  [
    'a slow model',
    { groq: true, voice: true },
    ({ groq }) => groq.reply({ words: 'That is a fine matter indeed. Tell me more of it now.', tokenMs: 500 }),
  ],
  ['a model that hangs', { groq: true, voice: true }, ({ groq }) => groq.reply({ fault: { kind: 'silent' } })],
  ['a voice that hangs', { groq: true, voice: true }, ({ voice }) => voice.behave('hang')],
])(
  'with %s, twenty turns end politely by Frontdesk',
  async (_, setup, prepare) => {
    const { report } = await call(setup, TWENTY, prepare);
    expect(report.problems).toEqual([]);
    expect(report.endedBy).toBe('server');
    expect(report.hops).toBe(9);
    expect(report.documents.filter(({ verbs }) => verbs.includes('Redirect'))).toEqual([]);
    expect(Math.max(...report.documents.map(({ ms }) => ms))).toBeLessThan(4_000);
    const said = report.documents.at(-1)?.verbs;
    expect(said?.at(-1)).toBe('Hangup');
  },
  90_000,
);

test('what the caller said of a message is on disk when the call ends, and is said to be', async () => {
  const { frontdesk, report } = await call({}, [
    ...MESSAGE,
    ...Array.from({ length: 17 }, () => ({ say: 'Wait, let me think about it once more.' })),
  ]);
  expect([report.endedBy, report.problems]).toEqual(['server', []]);
  const [kept] = keptMessages(frontdesk.directory);
  expect(kept?.reason).toContain('chain of my red bicycle');
  expect(kept?.test).toBe(true);
});

test('a caller who only asks is offered a message before the end', async () => {
  const { report } = await call({}, TWENTY);
  expect(report.heard.map(({ text }) => text).join(' ')).toContain('our call has to end soon. Let me take a message.');
  expect(report.heard.at(-1)?.text).toMatch(/goodbye/i);
});

test('the same call on a full account goes on, and may come in parts', async () => {
  const frontdesk = await startFrontdesk({ signed: false, groq: true, voice: true });
  frontdesk.groq.reply({
    words: 'First we look at it. Then we mend it. Then you ride home. Then we close.',
    tokenMs: 150,
  });
  const acts = Array.from({ length: 11 }, (_, index) => ({ say: `What about matter number ${index + 1}, please?` }));
  const report = await placeCall({ url: frontdesk.url }, sayInTurn(acts, 'hang up'));
  expect([report.endedBy, report.problems]).toEqual(['caller', []]);
  expect(report.documents.some(({ verbs }) => verbs.includes('Redirect'))).toBe(true);
}, 60_000);

test('a signed call cannot pretend to be on trial', async () => {
  const frontdesk = await startFrontdesk();
  for (let turn = 1; turn <= 12; turn += 1) {
    const { xml } = await frontdesk.post('/api/voice/process', {
      SpeechResult: `Matter ${turn}?`,
      FrontdeskTrial: 'true',
    });
    expect(xml).toContain('<Gather');
  }
});
