import type { Clock } from '../common/clock';
import type { DiskSize, Pruning } from './clip-pruning';
import { pruneClips } from './clip-pruning';

/** Prunes now and then, and when a write makes it necessary. */
export interface Housekeeping {
  /** A file of so many bytes was written. */
  written(bytes: number): void;
  prune(): Promise<void>;
  /** What lies on disk, as of the last pruning and the writes since. */
  diskSize(): DiskSize;
  close(): Promise<void>;
}

const PRUNE_EVERY_MS = 60_000;
/** A store that is full, as it is for good after some weeks, must not be searched after every write. */
const PRUNE_AGAIN_MS = 60_000;

/** Prunes once at once, then on a timer that does not keep the process alive. */
export function createHousekeeping(parts: Omit<Pruning, 'now'>, clock: Clock): Housekeeping {
  let onDisk: DiskSize = { diskClips: 0, diskBytes: 0 };
  let pruning: Promise<void> | undefined;
  let prunedAt = -Infinity;

  function prune(): Promise<void> {
    prunedAt = clock.now();
    pruning ??= pruneClips({ ...parts, now: prunedAt })
      .then((left) => void (onDisk = left))
      .finally(() => (pruning = undefined));
    return pruning;
  }

  const timer = setInterval(() => void prune(), PRUNE_EVERY_MS).unref();
  void prune();
  return {
    written(bytes) {
      onDisk = { diskClips: onDisk.diskClips + 1, diskBytes: onDisk.diskBytes + bytes };
      if (onDisk.diskBytes > parts.limits.diskBytes && clock.now() - prunedAt >= PRUNE_AGAIN_MS) void prune();
    },
    prune,
    diskSize: () => onDisk,
    async close() {
      clearInterval(timer);
      await pruning;
    },
  };
}
