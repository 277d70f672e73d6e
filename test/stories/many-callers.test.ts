import { saidIn, startFrontdesk } from '../support/frontdesk';

const sid = (number: number) => `CA${String(number).padStart(32, '0')}`;

describe('more callers than Frontdesk can serve', () => {
  test('above the limit the built-in answerer answers at no cost, above twice that the line is busy', async () => {
    const frontdesk = await startFrontdesk({ groq: true, voice: true, env: { MAX_CONCURRENT_CALLS: '2' } });
    const answers = [];
    for (let call = 0; call < 5; call += 1) answers.push(await frontdesk.post('incoming', {}, sid(call)));
    expect(answers[4]?.xml).toContain('<Reject reason="busy"/>');
    const before = frontdesk.voice.requests.length;
    const overflow = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' }, sid(3));
    expect(saidIn(overflow.xml)).toMatch(/open/i);
    expect(frontdesk.groq.requests).toHaveLength(0);
    expect(frontdesk.voice.requests).toHaveLength(before);
    await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' }, sid(0));
    expect(frontdesk.groq.requests).toHaveLength(1);
  });

  test('calls that went quiet ten minutes ago make room before anybody is refused', async () => {
    let now = Date.now();
    const frontdesk = await startFrontdesk({
      env: { MAX_CONCURRENT_CALLS: '1' },
      overrides: { clock: { now: () => now } },
    });
    await frontdesk.post('incoming', {}, sid(1));
    await frontdesk.post('incoming', {}, sid(2));
    expect((await frontdesk.post('incoming', {}, sid(3))).xml).toContain('<Reject');
    now += 10 * 60_000;
    expect((await frontdesk.post('incoming', {}, sid(4))).xml).toContain('<Gather');
    const health = (await (await fetch(`${frontdesk.url}/health`)).json()) as { active_calls: number };
    expect(health.active_calls).toBe(1);
  });

  test('a call in progress is never refused for the number of others', async () => {
    const frontdesk = await startFrontdesk({ env: { MAX_CONCURRENT_CALLS: '1' } });
    for (let call = 0; call < 4; call += 1) await frontdesk.post('incoming', {}, sid(call));
    const answer = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' }, sid(0));
    expect(answer.xml).toContain('<Gather');
  });
});

describe('the end of a call', () => {
  test.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])('status %s frees it', async (status) => {
    const frontdesk = await startFrontdesk();
    await frontdesk.post('incoming');
    const answer = await frontdesk.post('status', { CallStatus: status });
    expect(answer.status).toBe(204);
    expect(await (await fetch(`${frontdesk.url}/health`)).json()).toMatchObject({ status: 'ok', active_calls: 0 });
  });

  test('other statuses do not', async () => {
    const frontdesk = await startFrontdesk();
    await frontdesk.post('incoming');
    await frontdesk.post('status', { CallStatus: 'in-progress' });
    expect(await (await fetch(`${frontdesk.url}/health`)).json()).toMatchObject({ active_calls: 1 });
  });
});

describe('a call in trouble', () => {
  test('the fallback speaks, listens, and logs what Twilio said', async () => {
    const frontdesk = await startFrontdesk();
    const answer = await frontdesk.post('fallback', { ErrorCode: '11200', ErrorUrl: 'https://phone.example.com/x' });
    expect(answer.xml).toMatch(/<Gather.*something went wrong/);
    const line = frontdesk.events.find(({ eventType }) => eventType === 'twilio_error');
    expect(line?.data).toEqual({ error_code: '11200', error_url: 'https://phone.example.com/x' });
  });

  test('the first error is apologised for in the basic voice, the second is the last that a clip or a voice may cause', async () => {
    const frontdesk = await startFrontdesk({ voice: true });
    const say = (turn: number) => frontdesk.post(`process?turn=${turn}`, { SpeechResult: 'When are you open?' });
    expect((await frontdesk.post('fallback')).xml).toContain('<Say voice="woman">');
    expect((await say(1)).xml).toContain('<Play>');
    await frontdesk.post('fallback');
    const { xml } = await say(2);
    expect(xml).toContain('<Say voice="woman">');
    expect(xml).not.toContain('<Play>');
  });

  test('who was dictating a number goes on dictating', async () => {
    const frontdesk = await startFrontdesk();
    await frontdesk.post('process?turn=1', { Digits: '0', From: 'anonymous' });
    await frontdesk.post('process?turn=2', { SpeechResult: 'My brake is broken', From: 'anonymous' });
    const asked = await frontdesk.post('process?turn=3', { SpeechResult: 'This is Ada', From: 'anonymous' });
    expect(asked.xml).toContain('finishOnKey="#"');
    expect((await frontdesk.post('fallback')).xml).toContain('finishOnKey="#"');
  });

  test('who comes back for a reply that nobody remembers is not met with silence', async () => {
    const frontdesk = await startFrontdesk();
    expect(saidIn((await frontdesk.post('continue?turn=3&part=1', {}, sid(8))).xml)).toMatch(/say that again/);
  });

  test('a fourth error leads to a recording, a fifth to the end', async () => {
    const frontdesk = await startFrontdesk();
    for (let count = 0; count < 3; count += 1) await frontdesk.post('fallback');
    expect((await frontdesk.post('fallback')).xml).toMatch(/technical trouble.*<Record /);
    expect((await frontdesk.post('fallback')).xml).toMatch(/technical trouble.*<Hangup\/>/);
  });

  test('a turn of a call nobody remembers is answered on the spot', async () => {
    const frontdesk = await startFrontdesk();
    const answer = await frontdesk.post('process?turn=7', { SpeechResult: 'When are you open?' });
    expect(answer.xml).toContain('turn=8');
    const lost = await frontdesk.post('continue?turn=3&part=1', {}, sid(9));
    expect(lost.xml).toContain('<Gather');
  });

  test('even a defect in the core is answered with a way on', async () => {
    let broken = false;
    const clock = { now: () => (broken ? NaN : Date.now()) };
    const frontdesk = await startFrontdesk({ overrides: { clock } });
    await frontdesk.app.ready();
    broken = true;
    const answer = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
    expect(answer.status).toBe(200);
    expect(answer.xml).toMatch(/<Gather/);
  });
});

describe('what operators read', () => {
  test('/health says what is configured, /metrics what happened', async () => {
    const frontdesk = await startFrontdesk({ env: { MAX_CONCURRENT_CALLS: '4' } });
    await frontdesk.post('incoming');
    const health: unknown = await (await fetch(`${frontdesk.url}/health`)).json();
    expect(health).toMatchObject({
      status: 'ok',
      active_calls: 1,
      configured: { twilio: true, groq: false, google_tts: false },
    });
    const short: unknown = await (
      await fetch(`${frontdesk.url}/metrics`, { headers: { accept: 'application/json' } })
    ).json();
    expect(short).toEqual({ active_calls: 1, max_concurrent_calls: 4, utilization_percent: 25 });
    const text = await (await fetch(`${frontdesk.url}/metrics`)).text();
    expect(text).toMatch(/^frontdesk_active_calls 1$/m);
    const forwarded = await fetch(`${frontdesk.url}/metrics`, {
      headers: { 'x-forwarded-for': '203.0.113.7', accept: 'application/json' },
    });
    expect(forwarded.status).toBe(401);
  });

  test('a clip that is gone is a short quiet WAV, a malformed name is nothing', async () => {
    const frontdesk = await startFrontdesk();
    const gone = await fetch(`${frontdesk.url}/api/voice/audio/${'a'.repeat(32)}.wav`);
    expect([gone.status, gone.headers.get('content-type')]).toEqual([200, 'audio/wav']);
    expect(frontdesk.events.some(({ eventType }) => eventType === 'clip_gone')).toBe(true);
    for (const name of [
      'x.wav',
      '..%2f..%2fpackage.json',
      `${'a'.repeat(32)}.mp3`,
      '%00.wav',
      `${'A'.repeat(32)}.wav`,
    ]) {
      expect((await fetch(`${frontdesk.url}/api/voice/audio/${name}`)).status).toBe(404);
    }
  });
});
