import { sameContext } from '../../../src/conversations/speculation/same-context';
import type { CallContext } from '../../../src/conversations/ports';
import { CALL } from '../replies';

const asked = (content: string, earlier: CallContext['messages'] = CALL.messages.slice(0, 1)): CallContext => ({
  ...CALL,
  messages: [...earlier, { role: 'user', content }],
});

test('a reply to the same words, written otherwise, is a reply to these', () => {
  expect(sameContext(asked('when are you open'), CALL)).toBe(true);
});

test.each<[string, CallContext]>([
  ['other words', asked('When were you open?')],
  ['another history', asked('When are you open?', [{ role: 'system', content: 'You answer the telephone today.' }])],
  ['a longer history', asked('When are you open?', [...CALL.messages, { role: 'assistant', content: 'At nine.' }])],
  ['a person who can be reached by now', { ...CALL, canTransfer: true }],
  ['something the caller has told meanwhile', { ...CALL, missing: ['name'] }],
  ['another profile', { ...CALL, profile: { ...CALL.profile } }],
  ['another call', { ...CALL, callSid: 'CA2' }],
  ['no words of the caller', { ...CALL, messages: CALL.messages.slice(0, 1) }],
])('with %s it is none', (_, other) => {
  expect([sameContext(CALL, other), sameContext(other, CALL)]).toEqual([false, false]);
});
