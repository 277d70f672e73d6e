interface RoundsOptions {
  everyMs: number;
  round: () => Promise<unknown>;
  /** Told of a round that failed; the next one is made all the same. */
  failed: (error: unknown) => void;
}

/** Work that is done again and again, and whenever somebody asks for it; never twice at once. */
export function createRounds({ everyMs, round, failed }: RoundsOptions) {
  let working: Promise<unknown> = Promise.resolve();
  /** Resolves when a round begun after this is done. Never rejects. */
  const work = async (): Promise<void> => {
    working = working.then(round).catch(failed);
    await working;
  };
  const timer = setInterval(() => void work(), everyMs).unref();
  return {
    work,
    /** Begins no more. Resolves when what was begun is done. */
    async close(): Promise<void> {
      clearInterval(timer);
      await working;
    },
  };
}
