/** A WAV file as asked for; by default half a second of a 440 Hz tone, 16-bit PCM, 8 kHz, mono. */
export function makeWav(wish: {
  format?: number;
  rate?: number;
  channels?: number;
  bits?: number;
  data?: Buffer;
  declaredBytes?: number;
  chunkBefore?: Buffer;
}): Buffer {
  const { format = 1, rate = 8000, channels = 1, bits = format === 1 ? 16 : 8 } = wish;
  const data = wish.data ?? tone(rate, channels);
  const frame = (bits / 8) * channels;
  const fmt = Buffer.alloc(16);
  fmt.writeUInt16LE(format, 0);
  fmt.writeUInt16LE(channels, 2);
  fmt.writeUInt32LE(rate, 4);
  fmt.writeUInt32LE(rate * frame, 8);
  fmt.writeUInt16LE(frame, 12);
  fmt.writeUInt16LE(bits, 14);
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    wish.chunkBefore ?? Buffer.alloc(0),
    chunk('fmt ', fmt),
    chunk('data', data, wish.declaredBytes),
  ]);
  return chunk('RIFF', body);
}

/** One RIFF chunk; its length may be made to lie. */
export function chunk(name: string, body: Buffer, declared = body.length): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(declared, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

function tone(rate: number, channels: number): Buffer {
  const frames = rate / 2;
  const data = Buffer.alloc(frames * channels * 2);
  for (let at = 0; at < frames * channels; at++) {
    data.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / rate)), at * 2);
  }
  return data;
}
