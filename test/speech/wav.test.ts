import fc from 'fast-check';
import type { WavFormat } from '../../src/speech/wav-writing';
import { quietWav, readWav, withLeadIn } from '../../src/speech/wav';
import { writeWav } from '../../src/speech/wav-writing';

const FORMATS: WavFormat[] = ['pcm16', 'mulaw', 'alaw'];

function chunk(name: string, content: Buffer, size = content.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name);
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}

function fmt(code: number, bits: number, rate = 8000): Buffer {
  const content = Buffer.alloc(16);
  content.writeUInt16LE(code, 0);
  content.writeUInt16LE(1, 2);
  content.writeUInt32LE(rate, 4);
  content.writeUInt16LE(bits, 14);
  return content;
}

const wave = (...chunks: Buffer[]) => chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]), 0xffffffff);

describe('reading a WAV', () => {
  test('what was written is read back, in every format', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.constantFrom(8000, 16_000, 24_000),
        fc.uint8Array({ minLength: 4, maxLength: 400 }),
        (format, sampleRate, bytes) => {
          const samples = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
          const wav = writeWav({ format, sampleRate, channels: 1, samples });
          const info = readWav(wav);
          expect(info).toMatchObject({ format, sampleRate, channels: 1 });
          expect(wav.subarray(info?.dataStart, info?.dataEnd)).toEqual(samples);
        },
      ),
    );
  });

  test('the length is told by samples and rate', () => {
    const samples = Buffer.alloc(16_000);
    expect(readWav(writeWav({ format: 'mulaw', sampleRate: 8000, channels: 1, samples }))?.durationMs).toBe(2000);
    expect(readWav(writeWav({ format: 'pcm16', sampleRate: 8000, channels: 1, samples }))?.durationMs).toBe(1000);
    expect(readWav(writeWav({ format: 'pcm16', sampleRate: 8000, channels: 2, samples }))?.durationMs).toBe(500);
  });

  test('a chunk of odd length before the audio is stepped over', () => {
    const wav = wave(
      chunk('fmt ', fmt(7, 8)),
      chunk('LIST', Buffer.from('INFOx')),
      chunk('data', Buffer.from([1, 2, 3])),
    );
    const info = readWav(wav);
    expect(wav.subarray(info?.dataStart, info?.dataEnd)).toEqual(Buffer.from([1, 2, 3]));
  });

  test('sizes left open by a writer to a pipe end with the file', () => {
    const wav = wave(chunk('fmt ', fmt(1, 16)), chunk('data', Buffer.alloc(1600), 0xffffffff));
    expect(readWav(wav)).toMatchObject({ format: 'pcm16', durationMs: 100 });
  });

  test('the extensible form is read by its inner format', () => {
    const extensible = Buffer.concat([fmt(0xfffe, 16), Buffer.alloc(8), Buffer.from([1, 0]), Buffer.alloc(14)]);
    const wav = wave(chunk('fmt ', extensible), chunk('data', Buffer.alloc(160)));
    expect(readWav(wav)).toMatchObject({ format: 'pcm16', durationMs: 10 });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a web page', Buffer.from('<html>Service unavailable, please come back later</html>')],
    ['no samples', wave(chunk('fmt ', fmt(7, 8)), chunk('data', Buffer.alloc(0)))],
    ['half a sample', wave(chunk('fmt ', fmt(1, 16)), chunk('data', Buffer.alloc(1)))],
    ['no format', wave(chunk('data', Buffer.alloc(80)))],
    ['an MP3 in a WAV', wave(chunk('fmt ', fmt(0x55, 16)), chunk('data', Buffer.alloc(80)))],
    ['24 bits', wave(chunk('fmt ', fmt(1, 24)), chunk('data', Buffer.alloc(90)))],
    ['a rate of zero', wave(chunk('fmt ', fmt(7, 8, 0)), chunk('data', Buffer.alloc(80)))],
    ['a cut header', wave(chunk('fmt ', fmt(7, 8))).subarray(0, 30)],
  ])('%s is no audio', (_what, bytes) => {
    expect(readWav(bytes)).toBeUndefined();
  });

  test('no bytes whatever make it throw', () => {
    const whole = writeWav({ format: 'mulaw', sampleRate: 8000, channels: 1, samples: Buffer.alloc(40) });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.uint8Array({ maxLength: 20 }), (at, noise) => {
        const broken = Buffer.concat([whole.subarray(0, at), noise, whole.subarray(at + noise.length)]);
        expect(() => readWav(broken)).not.toThrow();
      }),
    );
  });
});

describe('silence', () => {
  test('a quiet WAV is telephone audio of the length asked for, and silent', () => {
    const wav = quietWav(250);
    expect(readWav(wav)).toMatchObject({ format: 'mulaw', sampleRate: 8000, channels: 1, durationMs: 250 });
    expect(wav.subarray(readWav(wav)?.dataStart).every((byte) => byte === 0xff)).toBe(true);
    expect(readWav(quietWav(0))).toBeDefined();
  });

  test.each([
    ['mulaw', 0xff],
    ['alaw', 0xd5],
    ['pcm16', 0],
  ] as const)('a lead-in comes before the first word of a %s greeting, which is kept whole', (format, silent) => {
    const samples = Buffer.alloc(1600, 0x21);
    const info = readWav(writeWav({ format, sampleRate: 8000, channels: 1, samples }));
    const led = withLeadIn(writeWav({ format, sampleRate: 8000, channels: 1, samples }), 300);
    const after = readWav(led);
    expect(after?.durationMs).toBe((info?.durationMs ?? 0) + 300);
    const audio = led.subarray(after?.dataStart, after?.dataEnd);
    expect(audio.subarray(0, audio.length - 1600).every((byte) => byte === silent)).toBe(true);
    expect(audio.subarray(-1600)).toEqual(samples);
  });

  test('a lead-in before bytes that are no WAV changes nothing', () => {
    expect(withLeadIn(Buffer.from('no audio'), 300)).toEqual(Buffer.from('no audio'));
  });
});
