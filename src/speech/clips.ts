import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../common/clock';
import { UpstreamError } from '../common/errors';
import type { Log } from '../common/log';
import type { Clip } from '../conversations/ports';
import type { ClipDisk, ClipFileContent } from './clip-disk';
import { createClipDisk } from './clip-disk';
import { createHousekeeping } from './clip-housekeeping';
import type { HeldClip } from './clip-memory';
import { createClipMemory, type ClipMemory } from './clip-memory';
import type { ClipKind, ClipWords } from './clip-names';
import { clipName, isClipName } from './clip-names';
import type { DiskSize } from './clip-pruning';
import { createClipUsage } from './clip-usage';
import { readWav } from './wav';

/**
 * Bounds of the clip store: bytes in memory and on disk, the age at which a reply goes from memory and, as it is now,
 * from disk, and how long one may be in use.
 */
export interface ClipLimits {
  memoryBytes: number;
  diskBytes: number;
  memoryAgeMs: number;
  maxAgeMs: () => number;
  inUseMs: number;
}

const HOUR_MS = 60 * 60 * 1000;
const DEFAULT_LIMITS: ClipLimits = {
  memoryBytes: 64 * 1024 * 1024,
  diskBytes: 200 * 1024 * 1024,
  memoryAgeMs: HOUR_MS,
  maxAgeMs: () => HOUR_MS,
  inUseMs: 15 * 60 * 1000,
};

/** Where clips lie, the secret their names are made with, and their bounds (64 MB, 200 MB, an hour each and a quarter of one for those not given). */
export interface ClipsOptions {
  directory: string;
  nameKey: Buffer;
  limits?: Partial<ClipLimits>;
  clock: Clock;
  log: Log;
}

/** What the audio route serves. `etag` is quoted, ready for the header. */
interface FoundClip {
  clip: Clip;
  wav: Buffer;
  etag: string;
  /** The same for every caller and for ever: whoever fetches it may keep it. */
  isForAll: boolean;
}

/** Clips by name: in memory first, then on disk. No method throws because of the disk. */
export interface Clips {
  nameOf(words: ClipWords): string;
  /** Holds a clip; it can be served at once and is written to disk meanwhile. Throws UpstreamError `garbage` for bytes that are no WAV. */
  put(name: string, kind: ClipKind, wav: Buffer): Clip;
  /** The clip if it is in memory. */
  held(name: string): Clip | undefined;
  /** A sentence that is nobody's own is said once more: a quarter of an hour after the first time it is for all. */
  saidAgain(name: string): void;
  /** The clip's bytes, from wherever they are; undefined for names that are unknown or not well-formed. */
  find(name: string): Promise<FoundClip | undefined>;
  /** Which of these can be had. */
  here(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** These names of one set are current: never pruned until the set is given anew. Phrases in no set are stale. */
  keep(set: 'phrases' | 'greeting', names: Iterable<string>): void;
  /** Removes the replies with these names at once. */
  forget(names: readonly string[]): Promise<void>;
  prune(): Promise<void>;
  stats(): ClipStats;
  close(): Promise<void>;
}

/** Sizes for the metrics; those of the disk are as of the last pruning and the writes since. */
interface ClipStats extends DiskSize {
  memoryClips: number;
  memoryBytes: number;
}

/** Said again so much later, in ms, a sentence is more than one call's. */
const REPEATED_MS = 15 * 60_000;

/** A clip's file is written so many ms after the clip was made: the answer that plays it goes first. */
const WRITTEN_AFTER_MS = 20;

/** More files waiting to be written mean that the disk has stopped; further clips stay in memory only. */
const MOST_WRITES_WAITING = 64;

/** Opens the clip store. Close it: it prunes on a timer and writes in the background. */
export function createClips({ directory, nameKey, clock, log, ...options }: ClipsOptions): Clips {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const disk = createClipDisk(directory, { clock, log });
  const usage = createClipUsage(limits.inUseMs, clock);
  const memory = createClipMemory(limits.memoryBytes, (name) => usage.isKept(name));
  const housekeeping = createHousekeeping({ disk, memory, usage, limits }, clock);
  const writes = createWrites(disk, (bytes) => housekeeping.written(bytes));

  function hold(name: string, { kind, wav }: ClipFileContent): HeldClip | undefined {
    const info = readWav(wav);
    if (!info) return undefined;
    const held = { clip: { name, durationMs: info.durationMs }, kind, wav, madeAt: clock.now(), stored: false };
    memory.set(held);
    return held;
  }

  async function load(name: string): Promise<HeldClip | undefined> {
    const file = await disk.read(name);
    const held = file && hold(name, file);
    if (!held) return undefined;
    held.stored = true;
    usage.used(name, 0);
    return held;
  }

  return {
    nameOf: (words) => clipName(nameKey, words),
    put(name, kind, wav) {
      const held = hold(name, { kind, wav });
      if (!held) throw new UpstreamError('speech', 'garbage');
      writes.begin(held);
      return held.clip;
    },
    held(name) {
      const held = memory.get(name);
      if (held) usage.used(name, held.madeAt);
      return held?.clip;
    },
    saidAgain: (name) => noteRepeat(memory.get(name), clock.now()),
    async find(name) {
      if (!isClipName(name)) return undefined;
      const held = memory.get(name) ?? (await load(name));
      if (held) usage.used(name, held.madeAt);
      return held && foundIn(held);
    },
    here: (names) => those(names, async (name) => memory.get(name) !== undefined || disk.has(name)),
    keep: (set, names) => usage.keep(set, names),
    async forget(names) {
      await writes.finished(); // what is written meanwhile would come to lie there again
      await forgetReplies(names, { memory, disk });
    },
    prune: () => housekeeping.prune(),
    stats: () => ({ memoryClips: memory.size().clips, memoryBytes: memory.size().bytes, ...housekeeping.diskSize() }),
    async close() {
      await writes.finished();
      await housekeeping.close();
    },
  };
}

async function forgetReplies(
  names: readonly string[],
  { memory, disk }: { memory: ClipMemory; disk: ClipDisk },
): Promise<void> {
  memory.sweep(({ clip, kind }) => kind === 'reply' && names.includes(clip.name));
  for (const name of names.filter(isClipName)) await disk.removeReply(name);
}

/** Writes in the background, a bounded number of them. */
function createWrites(disk: ClipDisk, written: (bytes: number) => void) {
  const waiting = new Set<Promise<void>>();
  async function write(held: HeldClip): Promise<void> {
    await pause(WRITTEN_AFTER_MS);
    held.stored = await disk.write({ ...held, name: held.clip.name });
    if (held.stored) written(held.wav.length);
  }
  return {
    begin(held: HeldClip): void {
      if (waiting.size >= MOST_WRITES_WAITING) return;
      const writing = write(held).finally(() => waiting.delete(writing));
      waiting.add(writing);
    },
    finished: () => Promise.all(waiting),
  };
}

async function those(names: readonly string[], isSo: (name: string) => Promise<boolean>): Promise<Set<string>> {
  const found = await Promise.all(names.map(isSo));
  return new Set(names.filter((_, index) => found[index]));
}

function noteRepeat(held: HeldClip | undefined, now: number): void {
  if (held && now - held.madeAt >= REPEATED_MS) held.isRepeated = true;
}

const foundIn = (held: HeldClip): FoundClip => ({
  ...{ clip: held.clip, wav: held.wav, etag: etagOf(held) },
  isForAll: held.kind === 'phrase' || held.isRepeated === true,
});

function etagOf(held: HeldClip): string {
  held.etag ??= `"${createHash('sha256').update(held.wav).digest('base64url')}"`;
  return held.etag;
}
