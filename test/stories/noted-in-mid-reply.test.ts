import { addressIn, startFrontdesk, type Running } from '../support/frontdesk';

const TOKEN = 'an-admin-token-of-tests';
const signedIn = { ADMIN_TOKEN: TOKEN };
const CALL = `CA${'1'.repeat(32)}`;
const NAME = { name: 'note', args: { field: 'name', value: 'Ada Byron', quote: 'my name is Ada Byron' } };
const SLOWLY = ['Thank you very much, Ada. ', 'What is it about? ', 'Take your time.'];

/** What the book holds for the caller's name. */
async function nameIn({ url }: Running): Promise<unknown> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const record = (await (await fetch(`${url}/api/calls/${CALL}`, { headers })).json()) as {
    fields: { name: string; value?: string | null }[];
  };
  return record.fields.find(({ name }) => name === 'name')?.value;
}

/** A caller who tells her name, and a model that notes it before it goes on slowly. */
async function tellName() {
  const frontdesk = await startFrontdesk({ groq: true, voice: true, env: signedIn });
  frontdesk.groq.reply({ words: SLOWLY, tokenMs: 500, calls: [{ ...NAME, when: 'before' }] });
  await frontdesk.post('incoming');
  const { xml } = await frontdesk.post('process?turn=1', { SpeechResult: 'Hi, my name is Ada Byron' });
  return { frontdesk, xml };
}

test('what a model notes is in the book before the part of the reply that speaks of it goes out', async () => {
  const { frontdesk, xml } = await tellName();
  expect(addressIn(xml, 'continue')).toContain('continue');
  expect(await nameIn(frontdesk)).toBe('Ada Byron');
});

test('it stays there when the caller hangs up in the middle of that reply', async () => {
  const { frontdesk } = await tellName();
  await frontdesk.post('status', { CallStatus: 'completed' });
  await frontdesk.groq.untilAborted(1);
  expect(await nameIn(frontdesk)).toBe('Ada Byron');
});

test('after a decision that takes the place of its words, a model is heard no more', async () => {
  const frontdesk = await startFrontdesk({ groq: true, voice: true });
  const calls = [{ name: 'take_message', args: {}, when: 'before' as const }];
  frontdesk.groq.reply({ words: ['Jane will be glad to hear it. ', 'She is in on Monday.'], tokenMs: 500, calls });
  const { xml } = await frontdesk.post('process?turn=1', { SpeechResult: 'Can you let Jane know I was here?' });
  expect(xml).not.toContain('<Redirect');
  expect(xml).toContain('<Gather');
});
