import type { PhoneLine } from '../phone-line';
import type { OwnCode } from '../problems';
import { encodings, peakOf, readWav } from './wav';
import type { Wav } from './wav';

/** What was found in a clip: its length in ms, and its faults. Those a line allows are only warnings. */
export interface ClipFindings {
  durationMs: number;
  faults: { code: OwnCode; message: string; allowed: boolean }[];
}

/** Below this, of 32,768, nobody hears anything: dithering at most. */
const INAUDIBLE = 16;

/** Judges a clip's bytes as a telephone would hear them. Audio other than WAV cannot be judged: a fault too. */
export function checkClip(file: Buffer, contentType: string, line: PhoneLine): ClipFindings {
  const anyAudio = line.anyAudio === true;
  if (!/^audio\/(x-)?wave?$/.test(contentType)) {
    const message = `${contentType} is played, but slowly, and cannot be checked: serve audio/wav`;
    return { durationMs: 0, faults: [{ code: 'clip-format', message, allowed: anyAudio }] };
  }
  const wav = readWav(file);
  if (typeof wav === 'string') {
    return { durationMs: 0, faults: [{ code: 'clip-format', message: `Not a WAV file: ${wav}`, allowed: false }] };
  }
  return judge(wav, line);
}

function judge(wav: Wav, line: PhoneLine): ClipFindings {
  const encoding = encodings.get(wav.format);
  if (encoding?.bits !== wav.bits || wav.channels === 0 || wav.rate === 0) {
    const message = `Encoding ${wav.format} of ${wav.bits} bits is none of 16-bit PCM, A-law and mu-law`;
    return { durationMs: 0, faults: [{ code: 'clip-format', message, allowed: false }] };
  }
  const frameBytes = (wav.bits / 8) * wav.channels;
  const durationMs = Math.round((wav.data.length / frameBytes / wav.rate) * 1000);
  const faults = [...checkShape(wav, line), ...checkLength(wav, frameBytes), ...checkSound(wav, durationMs, line)];
  return { durationMs, faults };
}

function checkShape({ rate, channels }: Wav, line: PhoneLine): ClipFindings['faults'] {
  if (rate === 8000 && channels === 1) return [];
  const message = `${rate} Hz, ${channels} channel(s): a telephone hears 8000 Hz, 1 channel`;
  return [{ code: 'clip-format', message, allowed: line.anyAudio === true }];
}

function checkLength({ data, declaredBytes }: Wav, frameBytes: number): ClipFindings['faults'] {
  if (declaredBytes === data.length && data.length % frameBytes === 0) return [];
  const message = `Cut off: ${data.length} bytes of sound where the header says ${declaredBytes}`;
  return [{ code: 'clip-truncated', message, allowed: false }];
}

function checkSound(wav: Wav, durationMs: number, line: PhoneLine): ClipFindings['faults'] {
  if (peakOf(wav) > INAUDIBLE) return [];
  const message = `A silent clip of ${durationMs} ms: the caller hears nothing`;
  return [{ code: 'clip-silent', message, allowed: line.allowShortSilence === true && durationMs < 1200 }];
}
