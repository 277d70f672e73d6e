import fc from 'fast-check';
import { createLeakFilter } from '../../src/reply/groq/leaks';
import { startGroqStub, type GroqStub } from '../support/groq-stub';
import { groqAt, LLAMA, turn } from './groq-turn';

let stub: GroqStub;
beforeEach(async () => {
  stub = await startGroqStub();
});
afterEach(() => stub.close());

const said = (text: string, cuts: readonly number[] = []) => {
  const filter = createLeakFilter();
  const ends = [...cuts.map((cut) => Math.round(cut * text.length)).sort((a, b) => a - b), text.length];
  let from = 0;
  let words = '';
  for (const end of ends) {
    words += filter.add(text.slice(from, end));
    from = end;
  }
  return { words: words + filter.rest(), calls: filter.takeCalls().map(({ function: call }) => call) };
};

const MESSAGE = { name: 'take_message', arguments: '{"reason":"my bike"}' };

test.each([
  ['a thought', '<think>The caller is rude.</think>We open at nine.', 'We open at nine.', []],
  ['a thought without an end', 'Sure. <think>now what', 'Sure. ', []],
  ["Llama's call", 'Sure. <function=take_message>{"reason":"my bike"}</function>', 'Sure. ', [MESSAGE]],
  ["Llama's call without an end", '<function=take_message{"reason":"my bike"}', '', [MESSAGE]],
  ["Qwen's call", '<tool_call>{"name":"take_message","arguments":{"reason":"my bike"}}</tool_call>', '', [MESSAGE]],
  ['a reply that is only a call', '{"name":"take_message","parameters":{"reason":"my bike"}}', '', [MESSAGE]],
  ['JSON that is no call', '{"answer":"nine"}', '', []],
  ['a smaller-than sign', 'Five < six, and <b>bold</b>.', 'Five < six, and <b>bold</b>.', []],
] as const)('%s', (...[, text, words, calls]) => {
  expect(said(text)).toEqual({ words, calls });
});

test('it makes no difference in which pieces the words come', () => {
  const text = 'Yes. <think>hm</think>We open <function=end_call>{}</function> at nine < ten.';
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (cuts) => {
      expect(said(text, cuts)).toEqual(said(text));
    }),
  );
});

test('words without marks pass unchanged', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }), (text, cuts) => {
      fc.pre(!/^\s*\{|<think>|<function=|<tool_call>/.test(text));
      expect(said(text, cuts).words).toBe(text);
    }),
  );
});

test('a call that llama writes among its words is a decision, and is not said', async () => {
  stub.reply('Sure. <function=take_message>{"reason":"my blue bike"}</function>');
  const heard = await turn(groqAt(stub, { model: LLAMA }));
  expect(heard.error).toBeUndefined();
  expect(heard.words.trim()).toBe('Sure.');
  expect(heard.decisions).toEqual([{ kind: 'takeMessage', reason: 'my blue bike' }]);
});

test('thoughts reach nobody', async () => {
  stub.reply('<think>secret stuff here</think>The answer is nine.');
  expect((await turn(groqAt(stub))).words).toBe('The answer is nine.');
});
