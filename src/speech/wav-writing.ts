/** Sample formats a telephone chain knows. `pcm16` is signed, little-endian. */
export type WavFormat = 'pcm16' | 'mulaw' | 'alaw';

/** Samples and how to read them. */
interface WavParts {
  format: WavFormat;
  sampleRate: number;
  channels: number;
  samples: Buffer;
}

/** Format codes of the `fmt ` chunk (RFC 2361), the bytes one sample takes, and the byte that is silence. */
export const FORMATS: Record<WavFormat, { code: number; bytes: number; silence: number }> = {
  pcm16: { code: 1, bytes: 2, silence: 0 },
  alaw: { code: 6, bytes: 1, silence: 0xd5 },
  mulaw: { code: 7, bytes: 1, silence: 0xff },
};

/** Puts a header before samples. Formats other than PCM get the longer `fmt ` and the `fact` chunk they must have. */
export function writeWav({ format, sampleRate, channels, samples }: WavParts): Buffer {
  const { code, bytes } = FORMATS[format];
  const frameBytes = bytes * channels;
  const fmt = Buffer.alloc(format === 'pcm16' ? 16 : 18);
  fmt.writeUInt16LE(code, 0);
  fmt.writeUInt16LE(channels, 2);
  fmt.writeUInt32LE(sampleRate, 4);
  fmt.writeUInt32LE(sampleRate * frameBytes, 8);
  fmt.writeUInt16LE(frameBytes, 12);
  fmt.writeUInt16LE(bytes * 8, 14);
  const fact = Buffer.alloc(4);
  fact.writeUInt32LE(Math.floor(samples.length / frameBytes));
  const body = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    chunk('fmt ', fmt),
    ...(format === 'pcm16' ? [] : [chunk('fact', fact)]),
    chunk('data', samples),
  ]);
  return chunk('RIFF', body);
}

function chunk(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
