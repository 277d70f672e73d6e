import { profileSchema } from '../../src/common/profile';
import { addressIn, saidIn, startFrontdesk } from '../support/frontdesk';

const TOKEN = 'an-admin-token-of-tests';

/** A message up to the owner's question, and what is said to it. */
async function answering(words: readonly string[]) {
  const profile = profileSchema.parse({
    businessName: 'Juniper Lane Opticians',
    messages: { ask: ['What is your e-mail address?', 'Which day suits you?'] },
  });
  const frontdesk = await startFrontdesk({ env: { ADMIN_TOKEN: TOKEN }, overrides: { profile } });
  let { xml } = await frontdesk.post('incoming');
  const said: string[] = [];
  for (const SpeechResult of ["I'd like to leave a message", 'my glasses are bent', 'Ada', 'yes', ...words]) {
    ({ xml } = await frontdesk.post(addressIn(xml, 'process'), { SpeechResult }));
    said.push(saidIn(xml));
  }
  const answer = await fetch(`${frontdesk.url}/api/messages`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const { messages } = (await answer.json()) as { messages: { answers: { answer: string }[] }[] };
  return { said: said.slice(4), answers: messages[0]?.answers.map((each) => each.answer) };
}

test('an address is taken down as it is written, and read back', async () => {
  const { said, answers } = await answering(['ada dot b at example dot com', 'yes', 'Monday']);
  expect(said[0]).toContain('That is a d a dot b at example dot com. Is that right?');
  expect(said[1]).toContain('Which day suits you?');
  expect(answers).toEqual(['ada.b@example.com', 'Monday']);
});

test('an address that is not right is said again, and the new one stands', async () => {
  const { said, answers } = await answering([
    'ada at example dot com',
    'no',
    'eda at example dot com',
    'yes',
    'Monday',
  ]);
  expect(said[1]).toContain('Please say the address once more.');
  expect(said[2]).toContain('That is e d a at example dot com.');
  expect(answers).toEqual(['eda@example.com', 'Monday']);
});

test('an address corrected at once is read back too', async () => {
  const { said, answers } = await answering(['ada at example dot com', 'no, eda at example dot com', 'yes', 'Monday']);
  expect(said[1]).toContain('That is e d a at example dot com.');
  expect(answers).toEqual(['eda@example.com', 'Monday']);
});

test('a caller who hangs up before it is confirmed has left the address', async () => {
  expect((await answering(['ada at example dot com'])).answers).toEqual(['ada@example.com']);
});

test('an address that is not understood is said once more, and else kept as it was said', async () => {
  const { said, answers } = await answering(['at the sign of the dot com', 'ada at g mail dot com', 'yes', 'Monday']);
  expect(said[0]).toContain('Please say the address once more.');
  expect(said[1]).toContain('That is a d a at gmail dot com. Is that right?');
  expect(answers).toEqual(['ada@gmail.com', 'Monday']);
  const again = await answering(['at the sign of the dot com', 'at the dot com', 'Monday']);
  expect(again.answers).toEqual(['at the sign of the dot com', 'Monday']);
});

test('an address that its caller refuses twice is not kept', async () => {
  const words = ['ada at example dot com', 'no', 'eda at example dot com', 'no, that is wrong', 'Monday'];
  const { said, answers } = await answering(words);
  expect(said[3]).toContain('Which day suits you?');
  expect(answers).toEqual(['Monday']);
});
