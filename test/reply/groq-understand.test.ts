import { createGroqUnderstand } from '../../src/reply/groq-understand';
import { whenDone } from '../support/frontdesk';
import { startGroqStub } from '../support/groq-stub';

const CALL = {
  callSid: 'CA1',
  turns: [{ number: 1, caller: 'Hello', reply: 'Hi' }],
  fields: [],
  business: 'Elm Bikes',
};

async function understanding() {
  const groq = await startGroqStub();
  whenDone(() => groq.close());
  return { groq, understand: createGroqUnderstand({ apiKey: 'gsk_test', baseURL: groq.url, models: ['one', 'two'] }) };
}

test('where the process ends already, no model is asked', async () => {
  const { groq, understand } = await understanding();
  await expect(understand(CALL, AbortSignal.abort(new Error('closing')))).rejects.toThrow('closing');
  expect(groq.records).toEqual([]);
});

test('where it ends meanwhile, the next model is not asked', async () => {
  const { groq, understand } = await understanding();
  groq.record({ fault: { kind: 'silent' } });
  const closing = new AbortController();
  const made = understand(CALL, closing.signal);
  setTimeout(() => closing.abort(new Error('closing')), 200);
  await expect(made).rejects.toThrow('closing');
  expect(groq.records).toHaveLength(1);
});
