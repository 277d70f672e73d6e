/** The encodings a telephone plays as they are: 16-bit PCM, A-law, mu-law, by their WAV format number. */
export const encodings: ReadonlyMap<number, { name: string; bits: number }> = new Map([
  [1, { name: '16-bit PCM', bits: 16 }],
  [6, { name: 'A-law', bits: 8 }],
  [7, { name: 'mu-law', bits: 8 }],
]);

/** What a WAV file says of itself, and the samples it really has. `declaredBytes` is the data chunk's own claim. */
export interface Wav {
  format: number;
  channels: number;
  rate: number;
  bits: number;
  data: Buffer;
  declaredBytes: number;
}

/**
 * Walks the chunks of a WAV file; the header may have any length. Returns a sentence when it is no WAV file.
 * A data chunk that is cut off is returned as far as it goes.
 */
export function readWav(file: Buffer): Wav | string {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    return 'it does not begin with a RIFF/WAVE header';
  }
  const chunks = chunksOf(file);
  const format = chunks.get('fmt ');
  const data = chunks.get('data');
  if (format === undefined || format.body.length < 16) return 'it has no format chunk';
  if (data === undefined) return 'it has no data chunk';
  return {
    format: format.body.readUInt16LE(0),
    channels: format.body.readUInt16LE(2),
    rate: format.body.readUInt32LE(4),
    bits: format.body.readUInt16LE(14),
    data: data.body,
    declaredBytes: data.declared,
  };
}

interface Chunk {
  body: Buffer;
  declared: number;
}

function chunksOf(file: Buffer): Map<string, Chunk> {
  const chunks = new Map<string, Chunk>();
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const declared = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + declared);
    if (!chunks.has(name)) chunks.set(name, { body, declared });
    // Chunks begin at even offsets.
    at += 8 + declared + (declared % 2);
  }
  return chunks;
}

/** The loudest sample, 0 to 32,768. */
export function peakOf(wav: Wav): number {
  let peak = 0;
  if (wav.format === 1) {
    for (let at = 0; at + 2 <= wav.data.length; at += 2) peak = Math.max(peak, Math.abs(wav.data.readInt16LE(at)));
  } else {
    const loudness = wav.format === 7 ? muLawLoudness : aLawLoudness;
    for (const byte of wav.data) peak = Math.max(peak, loudness(byte));
  }
  return peak;
}

// ITU-T G.711: a sign bit, three bits of exponent, four of mantissa; mu-law inverted, A-law with every other bit inverted.
function muLawLoudness(byte: number): number {
  const bits = ~byte & 0x7f;
  return ((((bits & 0x0f) << 3) + 0x84) << (bits >> 4)) - 0x84;
}

function aLawLoudness(byte: number): number {
  const bits = (byte ^ 0x55) & 0x7f;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const exponent = bits >> 4;
  return exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
}
