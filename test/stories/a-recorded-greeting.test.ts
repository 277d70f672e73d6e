import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav } from '../../src/speech/wav';
import { startFrontdesk, temporaryFolder, type Running } from '../support/frontdesk';

const start = (env: Record<string, string> = {}) => startFrontdesk({ signed: false, env });

/** A recording: two seconds of a quiet tone. */
async function recording(name: string, ...options: string[]): Promise<string> {
  const file = join(await temporaryFolder(), name);
  const tone = [
    '-f',
    'lavfi',
    '-i',
    'sine=frequency=440:duration=2',
    '-af',
    'volume=-30dB',
    '-ac',
    '2',
    '-ar',
    '44100',
  ];
  execFileSync('ffmpeg', [...tone, ...options, file], { stdio: 'ignore' });
  return file;
}

async function upload({ url }: Running, file: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new FormData();
  form.set('greeting', new Blob([readFileSync(file)]), 'greeting.mp3');
  const answer = await fetch(`${url}/api/settings/greeting`, { method: 'POST', body: form });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const leftovers = () => readdirSync(tmpdir()).filter((name) => /^[0-9a-f]{32}$/.test(name));

test.each(['mp3', 'm4a', 'wav', 'ogg'])(
  'an uploaded %s greeting is what the caller hears, 8 kHz mono',
  async (kind) => {
    const frontdesk = await start();
    expect(await upload(frontdesk, await recording(`greeting.${kind}`))).toMatchObject({ status: 200 });
    const { xml } = await frontdesk.post('/api/voice/incoming', {}, 'CA1');
    const clip = /<Play>([^<]+)</.exec(xml)?.[1] ?? '';
    const wav = Buffer.from(await (await fetch(new URL(clip, frontdesk.url))).arrayBuffer());
    expect(readWav(wav)).toMatchObject({ sampleRate: 8000, channels: 1, format: 'mulaw' });
    expect(loudest(wav)).toBeGreaterThan(0.1);
    const page = await fetch(`${frontdesk.url}/receptionist`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('Remove the recording');
    await fetch(`${frontdesk.url}/api/settings/greeting`, { method: 'DELETE' });
    expect((await frontdesk.post('/api/voice/incoming', {}, 'CA2')).xml).not.toContain('<Play>');
  },
);

/** The greatest amplitude of a mu-law WAV, 0 to 1. */
function loudest(wav: Buffer): number {
  const { dataStart = 0, dataEnd = 0 } = readWav(wav) ?? {};
  const amplitudes = [...wav.subarray(dataStart, dataEnd)].map((code) => {
    const bits = ~code & 0x7f;
    return ((((bits & 0x0f) << 3) + 0x84) << (bits >> 4)) - 0x84;
  });
  return amplitudes.reduce((most, each) => Math.max(most, each), 0) / 32_124;
}

describe('a recording that cannot be used says why, and the greeting stays', () => {
  const refused = async (file: string, env: Record<string, string> = {}) => {
    const before = leftovers();
    const frontdesk = await start(env);
    const answer = await upload(frontdesk, file);
    expect(answer.body['remedy']).toBeTruthy();
    expect(await (await fetch(`${frontdesk.url}/api/settings`)).text()).not.toContain('greetingAudio');
    expect(leftovers()).toEqual(before);
    return [answer.status, answer.body['code']];
  };

  test('a text file by the name of an MP3', async () => {
    const file = join(await temporaryFolder(), 'greeting.mp3');
    writeFileSync(file, 'Hello, this is a text.\n'.repeat(100));
    expect(await refused(file)).toEqual([400, 'not_audio']);
  });

  test.each([
    ['its index at the end', []],
    ['its index at the beginning', ['-movflags', '+faststart']],
  ])('an M4A that was cut off, with %s', async (_, options) => {
    const file = await recording('greeting.m4a', '-b:a', '192k', ...options);
    truncateSync(file, Math.floor(readFileSync(file).length * 0.6));
    expect(await refused(file)).toEqual([400, 'cut_off']);
  });

  test('a silent one', async () => {
    const file = join(await temporaryFolder(), 'silence.wav');
    execFileSync('ffmpeg', ['-f', 'lavfi', '-i', 'anullsrc', '-t', '2', file], { stdio: 'ignore' });
    expect(await refused(file)).toEqual([400, 'silent']);
  });

  test('without ffmpeg', async () => {
    const file = await recording('greeting.mp3');
    expect(await refused(file, { FFMPEG_PATH: '/nowhere/ffmpeg' })).toEqual([400, 'no_ffmpeg']);
  });

  test.each([true, false])('500 MB (its length told beforehand: %s)', async (told) => {
    const before = leftovers();
    const frontdesk = await start();
    expect(await sendMegabytes(frontdesk.url, 500, told)).toMatchObject({ code: 'too_large', field: 'greeting' });
    expect(leftovers()).toEqual(before);
  });
});

/** Uploads so many MB of zeros, and reads the answer while it sends. */
function sendMegabytes(url: string, megabytes: number, told: boolean): Promise<unknown> {
  const head = '--b\r\nContent-Disposition: form-data; name="greeting"; filename="a.wav"\r\n\r\n';
  const tail = '\r\n--b--\r\n';
  const size = megabytes * 1024 * 1024;
  const length = told ? { 'content-length': String(head.length + size + tail.length) } : {};
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=b', ...length };
    const sent = request(`${url}/api/settings/greeting`, { method: 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => {
        sent.destroy();
        resolve(JSON.parse(text));
      });
    });
    sent.on('error', reject);
    sent.write(head);
    const block = Buffer.alloc(1024 * 1024);
    let left = megabytes;
    const more = (): void => {
      if (sent.destroyed) return;
      if (left-- <= 0) return void sent.end(tail);
      if (sent.write(block)) setImmediate(more);
      else sent.once('drain', more);
    };
    more();
  });
}
