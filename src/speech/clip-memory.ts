import type { Clip } from '../conversations/ports';
import type { ClipKind } from './clip-names';

/** A clip in memory. `stored` tells whether it could be read back from disk. */
export interface HeldClip {
  clip: Clip;
  kind: ClipKind;
  wav: Buffer;
  madeAt: number;
  stored: boolean;
  isRepeated?: boolean;
  etag?: string;
}

/** Clips in memory, least recently used first. */
export interface ClipMemory {
  get(name: string): HeldClip | undefined;
  set(held: HeldClip): void;
  /** Lets go of every clip for which `unwanted` is true. */
  sweep(unwanted: (held: HeldClip) => boolean): void;
  size(): { clips: number; bytes: number };
}

/**
 * A memory of at most `limitBytes` of audio, besides the clips that `isPinned`. When it is full the least recently used
 * go, those first that are also on disk; a clip larger than all of it is held alone until the next one comes.
 */
export function createClipMemory(limitBytes: number, isPinned: (name: string) => boolean): ClipMemory {
  const clips = new Map<string, HeldClip>();
  let bytes = 0;

  function remove(name: string): void {
    bytes -= clips.get(name)?.wav.length ?? 0;
    clips.delete(name);
  }

  function sweep(unwanted: (held: HeldClip) => boolean): void {
    for (const held of clips.values()) if (unwanted(held)) remove(held.clip.name);
  }

  function shrink(newest: string): void {
    const spare = ({ clip }: HeldClip) => bytes > limitBytes && clip.name !== newest && !isPinned(clip.name);
    if (bytes > limitBytes) sweep((held) => held.stored && spare(held));
    if (bytes > limitBytes) sweep(spare);
  }

  return {
    get(name) {
      const held = clips.get(name);
      if (!held) return undefined;
      clips.delete(name);
      clips.set(name, held);
      return held;
    },
    set(held) {
      remove(held.clip.name);
      clips.set(held.clip.name, held);
      bytes += held.wav.length;
      shrink(held.clip.name);
    },
    sweep,
    size: () => ({ clips: clips.size, bytes }),
  };
}
