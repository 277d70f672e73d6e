import { createThrottle } from '../../src/console/door/throttle';
import { PASSWORD, startConsole, type RunningConsole } from './kit';

const SECOND = 1_000;

const tryAs = (running: RunningConsole, address: string, password: string) =>
  running.browser().submit('/login', { password }, { 'X-Forwarded-For': address });

describe('somebody who guesses passwords', () => {
  test('waits longer and longer, and the owner gets in after the wait', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const guess = (password = 'wrong') => tryAs(running, '203.0.113.9', password);
    for (let tries = 0; tries < 6; tries++) expect((await guess()).status).toBe(401);
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries++) {
      const refused = await guess();
      expect(refused.status).toBe(429);
      expect(refused.text).toContain('Try again in');
      waits.push(Number(refused.headers['retry-after']));
      running.passTime((waits.at(-1) ?? 0) * SECOND);
      expect((await guess()).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    expect((await guess(PASSWORD)).status).toBe(429); // not even the right one is looked at
    running.passTime(16 * SECOND);
    expect((await guess(PASSWORD)).headers['location']).toBe('/');
    expect((await guess()).status).toBe(401); // and the count starts afresh
  });

  test('does not keep the owner out who comes from another address', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    for (let tries = 0; tries < 8; tries++) await tryAs(running, '203.0.113.9', 'wrong');
    expect((await tryAs(running, '203.0.113.9', PASSWORD)).status).toBe(429);
    expect((await tryAs(running, '198.51.100.7', PASSWORD)).status).toBe(303);
  });

  test('gains nothing from many guesses at the same moment', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const answers = await Promise.all(Array.from({ length: 20 }, () => tryAs(running, '203.0.113.9', 'wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(6);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(14);
  });

  test('cannot pass for many by writing addresses in front of its own', async () => {
    const running = await startConsole();
    await running.ownerSignsUp();
    const statuses: number[] = [];
    for (let tries = 0; tries < 7; tries++) {
      statuses.push((await tryAs(running, `192.0.2.${tries}, 203.0.113.9`, 'wrong')).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429]);
  });

  test('is counted when the present password is asked for to change it', async () => {
    const running = await startConsole();
    const thief = await running.ownerSignsUp();
    await thief.open('/access');
    const form = { current_password: 'wrong', password: 'five loud herons', password_again: 'five loud herons' };
    for (let tries = 0; tries < 6; tries++) await thief.submit('/access/password', form);
    const answer = await thief.submit('/access/password', { ...form, current_password: PASSWORD });
    expect((await thief.open(answer.headers['location'] ?? '')).text).toContain('too many wrong tries');
  });

  test('who guesses tokens is made to wait as well', async () => {
    const running = await startConsole({ adminToken: 'a-token-of-the-environment' });
    const guess = (token: string) =>
      running.browser().open('/api/twilio/credentials', { Authorization: `Bearer ${token}`, Accept: '*/*' });
    for (let tries = 0; tries <= 100; tries++) expect((await guess('wrong')).status).toBe(401);
    expect((await guess('a-token-of-the-environment')).status).toBe(429);
    running.passTime(SECOND);
    expect((await guess('a-token-of-the-environment')).status).toBe(200);
  });
});

describe('the count of wrong tries', () => {
  const clockFrom = (start: number) => {
    let now = start;
    return { now: () => now, pass: (ms: number) => (now += ms) };
  };

  test('of one address never costs more than a quarter of an hour, and is forgotten after a day', () => {
    const clock = clockFrom(1e12);
    const throttle = createThrottle(clock);
    for (let tries = 0; tries < 60; tries++) clock.pass(throttle.begin('a'));
    throttle.begin('a');
    expect(throttle.begin('a')).toBe(15 * 60 * SECOND);
    expect(throttle.begin('a')).toBe(15 * 60 * SECOND); // asking does not prolong it
    clock.pass(24 * 60 * 60 * SECOND);
    for (let tries = 0; tries < 6; tries++) expect(throttle.begin('a')).toBe(0);
  });

  test('of all addresses together slows everybody but those that were right before', () => {
    const clock = clockFrom(1e12);
    const throttle = createThrottle(clock);
    throttle.begin('owner');
    throttle.right('owner');
    for (let address = 0; address < 10_000; address++) throttle.begin(`stranger ${address}`);
    const wait = throttle.begin('somebody new');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(10 * SECOND);
    expect(throttle.begin('owner')).toBe(0);
    clock.pass(wait);
    expect(throttle.begin('somebody new')).toBe(0);
  });
});
