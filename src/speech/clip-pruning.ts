import type { ClipDisk, ClipFile } from './clip-disk';
import type { ClipMemory } from './clip-memory';
import type { ClipUsage } from './clip-usage';

/** What to prune, by which limits (ms and bytes), at which time. */
export interface Pruning {
  disk: ClipDisk;
  memory: ClipMemory;
  usage: ClipUsage;
  limits: { diskBytes: number; memoryAgeMs: number; maxAgeMs: () => number };
  now: number;
}

/** What is left on disk. */
export interface DiskSize {
  diskClips: number;
  diskBytes: number;
}

/**
 * Removes what is too old, stale or too much, oldest first, and never a current phrase or a clip in use, even when the
 * limits cannot be kept otherwise. Resolves to what is left on disk.
 */
export async function pruneClips(pruning: Pruning): Promise<DiskSize> {
  const { disk, memory, usage, limits, now } = pruning;
  usage.sweep();
  memory.sweep(
    ({ clip, madeAt }) =>
      now - madeAt > limits.memoryAgeMs && !usage.isKept(clip.name) && !usage.isInUse(clip.name, madeAt),
  );
  const files = (await disk.list()).sort((one, other) => one.madeAt - other.madeAt);
  const left: DiskSize = { diskClips: files.length, diskBytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  for (const file of files) {
    if (mustStay(file, usage)) continue;
    if (!isOld(file, pruning) && left.diskBytes <= limits.diskBytes) continue;
    if (!(await disk.remove(file))) continue;
    left.diskClips -= 1;
    left.diskBytes -= file.bytes;
  }
  return left;
}

function mustStay({ name, kind, madeAt }: ClipFile, usage: ClipUsage): boolean {
  if (usage.isKept(name) || usage.isInUse(name, madeAt)) return true;
  return kind === 'phrase' && !usage.isKnown('phrases');
}

/** Phrases that are in no current set and files a crash left half-written have no use at any age. */
function isOld({ kind, madeAt }: ClipFile, { limits, now }: Pruning): boolean {
  return kind !== 'reply' || now - madeAt > limits.maxAgeMs();
}
