/** Lanes of work: one thing at a time in each, and no lane waits for another. */
export interface Lanes {
  /** Works in a lane once it is free. Whoever asks while others wait for the same lane shares their turn. */
  inLane(name: string, work: () => Promise<void>): Promise<void>;
}

interface Lane {
  now: Promise<void>;
  next?: Promise<void>;
}

/** Lanes that are there as long as something is done in them. */
export function createLanes(): Lanes {
  const lanes = new Map<string, Lane>();
  const begin = (name: string, work: () => Promise<void>): Promise<void> => {
    const now = work().finally(() => lane.next === undefined && lanes.delete(name));
    const lane: Lane = { now };
    lanes.set(name, lane);
    return now;
  };
  return {
    inLane(name, work) {
      const lane = lanes.get(name);
      if (!lane) return begin(name, work);
      return (lane.next ??= lane.now.catch(() => undefined).then(() => begin(name, work)));
    },
  };
}
