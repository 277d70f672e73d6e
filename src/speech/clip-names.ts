import { createHmac } from 'node:crypto';
import type { Voice } from '../conversations/ports';

/** A `phrase` is fixed and the same for every caller; a `reply` belongs to one call. */
export type ClipKind = 'phrase' | 'reply';

/** What a clip says, and so what its name is made from. `leadInMs` is the silence before the first word. */
export interface ClipWords {
  kind: ClipKind;
  voice: Voice;
  text: string;
  leadInMs?: number;
}

const CLIP_NAME = /^[0-9a-f]{32}\.wav$/;

/** Whether `name` is formed like a clip's name; such a name is also a safe file name. */
export function isClipName(name: string): boolean {
  return CLIP_NAME.test(name);
}

/** The same words, voice and key have the same name always; without the key nobody can guess or walk names. */
export function clipName(key: Buffer, { kind, voice, text, leadInMs = 0 }: ClipWords): string {
  const words = JSON.stringify([kind, voice.name, voice.language, leadInMs, text]);
  return `${createHmac('sha256', key).update(words).digest('hex').slice(0, 32)}.wav`;
}
