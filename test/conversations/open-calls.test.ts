import { openCall, type Call, type Turn } from '../../src/conversations/call';
import { createOpenCalls } from '../../src/conversations/open-calls';
import { CALL } from './replies';

const IDLE_MS = 600_000;

function start() {
  const clock = { time: 1_000_000, now: () => clock.time };
  const calls = createOpenCalls(clock, IDLE_MS);
  const open = (callSid: string): Call => {
    const opening = { profile: CALL.profile, systemPrompt: () => '', overflow: false, now: clock.time };
    const call = openCall({ facts: { callSid }, ...opening });
    calls.add(call);
    return call;
  };
  return { clock, calls, open };
}

/** Gives a call a turn that is being thought about. */
function think(call: Call): AbortSignal {
  const controller = new AbortController();
  call.turn = { controller } as unknown as Turn;
  return controller.signal;
}

test('a call that was opened is found until it is closed', () => {
  const { calls, open } = start();
  const call = open('CA1');
  expect(calls.find('CA1')).toBe(call);
  expect(calls.find('CA2')).toBeUndefined();
  expect(calls.close('CA1')).toBeDefined();
  expect([calls.find('CA1'), calls.close('CA1'), calls.count()]).toEqual([undefined, undefined, 0]);
});

test('when a call ends, nobody works on for it', async () => {
  const { calls, open } = start();
  const [ended, going] = [think(open('CA1')), think(open('CA2'))];
  void calls.close('CA1');
  expect([ended.aborted, going.aborted]).toEqual([true, false]);
  await calls.closeAll();
  expect([going.aborted, calls.count()]).toEqual([true, 0]);
});

test('a call without a webhook for the idle time is over, whatever the order in which calls began', () => {
  const { clock, calls, open } = start();
  const [first, second] = [think(open('CA1')), think(open('CA2'))];
  clock.time += IDLE_MS - 1;
  expect(calls.count()).toBe(2);
  calls.find('CA1');
  clock.time += 1;
  expect(calls.count()).toBe(1);
  expect([first.aborted, second.aborted]).toEqual([false, true]);
  clock.time += IDLE_MS;
  expect([calls.count(), first.aborted]).toEqual([0, true]);
});
