import { FORMATS, writeWav } from './wav-writing';
import type { WavFormat } from './wav-writing';

/** What is in a WAV file. The samples are the bytes from `dataStart` up to `dataEnd`. */
export interface WavInfo {
  format: WavFormat;
  sampleRate: number;
  channels: number;
  durationMs: number;
  dataStart: number;
  dataEnd: number;
}

/** The rate telephones speak at, in Hz. */
export const TELEPHONE_RATE = 8000;

const EXTENSIBLE = 0xfffe;

type Format = Pick<WavInfo, 'format' | 'sampleRate' | 'channels'>;

/**
 * Reads a WAV header, chunk by chunk. Undefined when the bytes are no WAV, hold no whole sample, or are in a format
 * not listed in WavFormat. A data chunk longer than the file (as writers to a pipe leave it) ends with the file.
 */
export function readWav(bytes: Buffer): WavInfo | undefined {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const name = bytes.toString('latin1', at, at + 4);
    const start = at + 8;
    const end = Math.min(start + bytes.readUInt32LE(at + 4), bytes.length);
    if (name === 'fmt ') format = readFormat(bytes.subarray(start, end));
    if (name === 'data') return format && withData(format, start, end);
    at = end + (end % 2); // chunks begin at even places
  }
  return undefined;
}

function readFormat(chunk: Buffer): Format | undefined {
  if (chunk.length < 16) return undefined;
  const tag = chunk.readUInt16LE(0);
  const code = tag === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : tag;
  const bits = chunk.readUInt16LE(14);
  const format = (['pcm16', 'mulaw', 'alaw'] as const).find(
    (known) => FORMATS[known].code === code && FORMATS[known].bytes * 8 === bits,
  );
  const channels = chunk.readUInt16LE(2);
  const sampleRate = chunk.readUInt32LE(4);
  return format && channels > 0 && sampleRate > 0 ? { format, sampleRate, channels } : undefined;
}

function withData(format: Format, dataStart: number, end: number): WavInfo | undefined {
  const frameBytes = FORMATS[format.format].bytes * format.channels;
  const frames = Math.floor((end - dataStart) / frameBytes);
  if (frames === 0) return undefined;
  const durationMs = Math.round((frames * 1000) / format.sampleRate);
  return { ...format, durationMs, dataStart, dataEnd: dataStart + frames * frameBytes };
}

function silence({ format, sampleRate, channels }: Format, ms: number): Buffer {
  const frames = Math.round((sampleRate * Math.max(0, ms)) / 1000);
  return Buffer.alloc(frames * channels * FORMATS[format].bytes, FORMATS[format].silence);
}

/** Telephone-ready silence of `ms` milliseconds (at least one sample, so that every player takes it). */
export function quietWav(ms: number): Buffer {
  const format = { format: 'mulaw', sampleRate: TELEPHONE_RATE, channels: 1 } as const;
  return writeWav({ ...format, samples: silence(format, Math.max(ms, 1)) });
}

/**
 * The same WAV with `ms` of silence before it: many mobiles clip the first word of a call. Bytes that are no WAV come
 * back as they are.
 */
export function withLeadIn(wav: Buffer, ms: number): Buffer {
  const info = readWav(wav);
  if (!info) return wav;
  return writeWav({ ...info, samples: Buffer.concat([silence(info, ms), wav.subarray(info.dataStart, info.dataEnd)]) });
}
