import { startFrontdesk } from '../../support/frontdesk';
import { simulate, wordsOf } from '../../support/simulate';

const OFFER = 'Shall I take a message';
const VAGUE = 'I can also take a message.';

test.each([
  ['is my bike ready', OFFER],
  ['my bike', VAGUE],
])('after "%s" and the offer of a message, the key 1 begins it', async (said, offer) => {
  const report = await simulate(await startFrontdesk(), [said, { press: '1' }]);
  expect(report.problems).toEqual([]);
  expect(wordsOf(report)).toMatch(new RegExp(`${offer}.*gladly take a message`, 's'));
});

test('the key 2 declines the offer', async () => {
  const words = wordsOf(await simulate(await startFrontdesk(), ['is my bike ready', { press: '2' }]));
  expect(words).toMatch(/Shall I take a message.*Alright\. Is there anything else/s);
});

test.each(['1', '2'])('the key %s means nothing where no message was offered', async (press) => {
  const words = wordsOf(await simulate(await startFrontdesk(), ['do you have parking', { press }]));
  expect(words).toMatch(/behind the building.*in a few words/s);
});
