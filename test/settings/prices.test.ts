import { LIST_PRICES } from '../../src/common/prices';
import { silentLog } from '../../src/common/log';
import { createChanges } from '../../src/settings/changes';
import { createPrices } from '../../src/settings/prices';
import { openSmallValues } from '../../src/settings/small-values';
import { openDatabase } from '../../src/storage/database';

const database = openDatabase(':memory:');
afterAll(() => database.destroy());

/** The prices as another start of the process finds them. */
async function open() {
  const small = await openSmallValues({ database, clock: { now: () => 0 } });
  return { ...createPrices(small, createChanges(silentLog)), small };
}

test('what the owner corrects is kept, the rest is the list; null is a price nobody knows', async () => {
  const { prices, savePrices } = await open();
  expect(prices()).toEqual(LIST_PRICES);
  await savePrices({ 'twilio/inbound': 0.01, 'groq/in/a-new-model': 2, 'google/studio': null });
  await savePrices({ 'twilio/outbound': 0 });
  const again = await open();
  expect(again.prices()).toMatchObject({ 'twilio/inbound': 0.01, 'twilio/outbound': 0, 'groq/in/a-new-model': 2 });
  expect(again.prices()).not.toHaveProperty('google/studio');
  expect(again.prices()['say/neural']).toBe(LIST_PRICES['say/neural']);
});

test('a price that is as on the list again follows the list', async () => {
  const { prices, savePrices, forgetPrices, small } = await open();
  await savePrices({ 'twilio/inbound': LIST_PRICES['twilio/inbound'] ?? 0, 'google/studio': 100 });
  expect(small.get('prices')).not.toHaveProperty(['twilio/inbound']);
  expect(prices()['google/studio']).toBe(100);
  await forgetPrices();
  expect(prices()).toEqual(LIST_PRICES);
});

test('stored prices that cannot be read are as good as none', async () => {
  const { small, prices } = await open();
  await small.set('prices', { 'twilio/inbound': 'much' });
  expect(prices()).toEqual(LIST_PRICES);
});
