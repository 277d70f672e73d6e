import { setTimeout as pause } from 'node:timers/promises';
import { startFrontdesk, type Running, type Setup } from '../support/frontdesk';
import { keptMessages } from '../support/kept-messages';
import type { GroqBehaviour } from '../support/groq-behaviour';
import { simulate, wordsOf } from '../support/simulate';

const start = (setup: Setup = {}) => startFrontdesk({ groq: true, ...setup });
const endCall = { name: 'end_call', args: {} };
const verbsAfter = (report: { documents: { verbs: string[] }[] }, turn: number) => report.documents[turn]?.verbs;

describe('the model ends the call only when the caller is done', () => {
  test.each<[string, GroqBehaviour]>([
    ['words, then the call', { words: 'You are welcome, goodbye!', calls: [{ ...endCall, when: 'after' }] }],
    ['the call, then words', { words: 'You are welcome, goodbye!', calls: [{ ...endCall, when: 'before' }] }],
    ['a goodbye without a call', { words: 'You are welcome, goodbye!' }],
  ])('%s: the last words are played, then it hangs up', async (_, behaviour) => {
    const frontdesk = await start();
    frontdesk.groq.reply(behaviour);
    const report = await simulate(frontdesk, ['Thanks, bye']);
    expect(report.problems).toEqual([]);
    expect(verbsAfter(report, 1)).toEqual(['Say', 'Hangup']);
    expect(wordsOf(report)).toContain('You are welcome, goodbye!');
    expect(report.endedBy).toBe('server');
  });

  test('the call alone: our own goodbye is spoken', async () => {
    const frontdesk = await start();
    frontdesk.groq.reply({ calls: [endCall] });
    const report = await simulate(frontdesk, ["That's all, thank you"]);
    expect(report.problems).toEqual([]);
    expect(wordsOf(report)).toContain('Thank you for calling. Goodbye!');
    expect(frontdesk.events).toContainEqual(expect.objectContaining({ eventType: 'decision', step: 'endCall' }));
    expect(verbsAfter(report, 1)).toEqual(['Say', 'Hangup']);
  });

  test('a caller who is not done may still speak before the line closes', async () => {
    const frontdesk = await start();
    frontdesk.groq.next({ words: 'We are closed, goodbye.', calls: [endCall] }, 'Yes, on Monday.');
    const report = await simulate(frontdesk, ['Are you open on Sunday?', 'And on Monday?']);
    expect(report.problems).toEqual([]);
    expect(verbsAfter(report, 1)).toEqual(['Gather', 'Hangup']);
    expect(wordsOf(report)).toContain('Yes, on Monday.');
  });

  test('and is not kept when they have nothing to add', async () => {
    const frontdesk = await start();
    frontdesk.groq.next({ words: 'We are closed, goodbye.', calls: [endCall] });
    const report = await simulate(frontdesk, ['Are you open on Sunday?', { silent: true }]);
    expect(report.endedBy).toBe('server');
  });
});

describe('a tool gone wrong never reaches the caller', () => {
  test('a tool that was not offered is ignored, its words are spoken', async () => {
    const frontdesk = await start();
    frontdesk.groq.reply({ words: 'We open at nine.', calls: [{ name: 'book_flight', args: {}, when: 'after' }] });
    expect(wordsOf(await simulate(frontdesk, ['When do you open?']))).toContain('We open at nine.');
  });

  test('a tool that was not offered, alone: the next model is asked', async () => {
    const frontdesk = await start();
    frontdesk.groq.byModel('openai/gpt-oss-120b', { calls: [{ name: 'book_flight', args: {} }] });
    frontdesk.groq.byModel('openai/gpt-oss-20b', { words: 'The second model speaks.' });
    expect(wordsOf(await simulate(frontdesk, ['When do you open?']))).toContain('The second model speaks.');
  });

  test('tool_use_failed before any words: the next model is asked', async () => {
    const frontdesk = await start();
    const fault = { kind: 'status', status: 400, code: 'tool_use_failed' } as const;
    frontdesk.groq.byModel('openai/gpt-oss-120b', { fault });
    frontdesk.groq.byModel('openai/gpt-oss-20b', { words: 'The second model speaks.' });
    expect(wordsOf(await simulate(frontdesk, ['When do you open?']))).toContain('The second model speaks.');
  });

  test('tool_use_failed after the words: the words are the answer', async () => {
    const frontdesk = await start();
    const error = { message: 'Failed to call a function', type: 'invalid_request_error', code: 'tool_use_failed' };
    frontdesk.groq.reply({ words: 'We open at nine.', fault: { kind: 'streamError', after: 4, error } });
    const report = await simulate(frontdesk, ['When do you open?']);
    expect(wordsOf(report).match(/We open at nine\./g)).toHaveLength(1);
    expect(frontdesk.groq.requests).toHaveLength(1);
  });
});

describe('a reply cut by the token limit', () => {
  test('with words: whole sentences are spoken', async () => {
    const frontdesk = await start();
    frontdesk.groq.reply({ words: 'We open at nine. On Saturday we op', finish: 'length' });
    const report = await simulate(frontdesk, ['When do you open?']);
    expect(wordsOf(report)).toContain('We open at nine.');
    expect(wordsOf(report)).not.toContain('Saturday');
  });

  test('without words: the next model is asked', async () => {
    const frontdesk = await start();
    frontdesk.groq.byModel('openai/gpt-oss-120b', { words: '', reasoning: 'Let me think', finish: 'length' });
    frontdesk.groq.byModel('openai/gpt-oss-20b', { words: 'The second model speaks.' });
    expect(wordsOf(await simulate(frontdesk, ['When do you open?']))).toContain('The second model speaks.');
  });
});

const messagesIn = (frontdesk: Running) => keptMessages(frontdesk.directory);

describe('the model takes a message', () => {
  test('the core asks for what is missing, saves, and only then confirms; no model is asked in between', async () => {
    const frontdesk = await start();
    const args = { name: 'Ada', reason: 'a broken brake' };
    frontdesk.groq.reply({ words: 'I have passed it on.', calls: [{ name: 'take_message', args, when: 'after' }] });
    const report = await simulate(frontdesk, ['My brake is broken, this is Ada, call me back', { press: '1' }]);
    expect(report.problems).toEqual([]);
    expect(wordsOf(report)).toMatch(/number ending in 1 0 1/);
    expect(wordsOf(report)).toMatch(/message is noted/);
    expect(wordsOf(report)).not.toContain('passed it on');
    expect(frontdesk.groq.requests).toHaveLength(1);
    expect(messagesIn(frontdesk)).toMatchObject([
      { name: 'Ada', number: '+12025550101', reason: 'a broken brake', from: '+12025550101' },
    ]);
  });

  test('arguments that are no JSON still begin the message', async () => {
    const frontdesk = await start();
    frontdesk.groq.reply({ calls: [{ name: 'take_message', args: '{"name": "Ad' }] });
    const report = await simulate(frontdesk, ['Please take a message for the boss of yours']);
    expect(report.problems).toEqual([]);
    expect(wordsOf(report)).toMatch(/message/i);
    expect(frontdesk.groq.requests).toHaveLength(1);
  });

  test('a caller who hangs up in the middle leaves a partial message', async () => {
    const frontdesk = await start();
    frontdesk.groq.reply({ calls: [{ name: 'take_message', args: { reason: 'a broken brake' } }] });
    await simulate(frontdesk, ['Call me back, my brake is broken', 'This is Ada', { hangUp: true }]);
    while (!frontdesk.events.some(({ data }) => data?.['partial'] === true)) await pause(10);
    expect(messagesIn(frontdesk)).toMatchObject([{ name: 'Ada', reason: 'a broken brake', partial: true }]);
  });

  test('a message that cannot be saved is not confirmed', async () => {
    const frontdesk = await start({ overrides: { saveMessage: () => Promise.reject(new Error('disk full')) } });
    const args = { name: 'Ada', reason: 'a broken brake' };
    frontdesk.groq.reply({ calls: [{ name: 'take_message', args }] });
    const report = await simulate(frontdesk, ['Call me back, my brake is broken', { press: '1' }]);
    expect(wordsOf(report)).toMatch(/could not write your message down/);
    expect(wordsOf(report)).not.toMatch(/is noted/);
  });
});
