const HEADER = 44;
const MULAW_TAG = 7;
const SAMPLES_A_MS = 8;

/** The length of a mu-law clip of 8 kHz, in ms. Throws for what a telephone could not play, or what cannot be heard. */
export function clipLength(wav: Buffer): number {
  const known = wav.subarray(0, 4).toString('latin1') === 'RIFF' && wav.readUInt16LE(20) === MULAW_TAG;
  const loud = wav.subarray(HEADER).some((sample) => sample !== wav[HEADER]);
  if (!known || !loud) throw new Error(`A clip of ${wav.length} bytes is no audible mu-law WAV.`);
  return (wav.length - HEADER) / SAMPLES_A_MS;
}
