import { createHash } from 'node:crypto';

/** How long a character sounds, in ms. */
const MS_PER_CHAR = 65;

/** One period of a sine, 1,024 samples long and already encoded: an answer must cost little in a bench. */
function codec(tag: number, bytes: number, encode: (sample: number) => number) {
  const period = Array.from({ length: 1024 }, (_, at) => encode(Math.round(8000 * Math.sin((at * Math.PI) / 512))));
  return { tag, bytes, period };
}
type Codec = ReturnType<typeof codec>;

const LINEAR = codec(1, 2, (sample) => sample);
const CODECS: Record<string, Codec> = {
  LINEAR16: LINEAR,
  PCM: LINEAR,
  ALAW: codec(6, 1, alaw),
  MULAW: codec(7, 1, mulaw),
};

/** What to sound, in an encoding of Google's, at a rate in Hz. */
interface Wanted {
  text: string;
  encoding: string;
  rate: number;
}

/** Audio that only this text has, in one channel; undefined for an encoding that is not known here. */
export function tonesFor({ text, encoding, rate }: Wanted): Buffer | undefined {
  const codec = CODECS[encoding];
  if (!codec) return undefined;
  const samples = Buffer.alloc(Math.round((text.length * MS_PER_CHAR * rate) / 1000) * codec.bytes);
  tones(samples, codec, { text, rate });
  return encoding === 'PCM' ? samples : Buffer.concat([wavHeader(codec, rate, samples.length), samples]);
}

/** One short tone a character, between 300 and 1,300 Hz, in an order only this text has. */
function tones(samples: Buffer, codec: Codec, { text, rate }: { text: string; rate: number }): void {
  const order = createHash('sha256').update(text).digest();
  const samplesPerChar = (rate * MS_PER_CHAR) / 1000;
  let at = 0;
  let phase = 0;
  for (let character = 1; character <= text.length; character++) {
    const step = (1024 * (300 + (order[character % order.length] ?? 0) * 4)) / rate;
    for (; at < samplesPerChar * character && (at + 1) * codec.bytes <= samples.length; at++) {
      phase = (phase + step) % 1024;
      const sample = codec.period[phase | 0] ?? 0;
      if (codec.bytes === 2) samples.writeInt16LE(sample, at * 2);
      else samples[at] = sample;
    }
  }
}

function wavHeader({ tag, bytes }: Codec, rate: number, dataBytes: number): Buffer {
  const header = Buffer.from('RIFF....WAVEfmt ....................data....', 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * bytes, 28);
  header.writeUInt16LE(bytes, 32);
  header.writeUInt16LE(bytes * 8, 34);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** ITU-T G.711, mu-law: sign, three bits of exponent, four of mantissa, all inverted. */
function mulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** ITU-T G.711, A-law: as mu-law, with a linear lowest step and every second bit inverted. */
function alaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(Math.abs(sample), 32_767);
  const exponent = magnitude < 256 ? 0 : Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> Math.max(exponent + 3, 4)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}
