/** How a link of the chain is. `unknown` is said of what cannot be examined, because something before it is not right. */
export type LinkState = 'works' | 'missing' | 'wrong' | 'unknown';

/** One link of the chain between a caller and an answer. */
export interface Link {
  name: string;
  state: LinkState;
  detail: string;
  remedy?: string | undefined;
  /** The page where it is mended. */
  href?: string;
}

/** Everything that was found, in the order of the chain. `at` is in ms since 1970. */
export interface Diagnosis {
  at: number;
  links: Link[];
}

/** Examines one or more links. */
export type Examination = () => Promise<Link | readonly Link[]>;

const LONGEST_MS = 12_000;

/** Runs every examination at once. None can fail or outlast its time without being said to be so. */
export async function examine(
  examinations: Readonly<Record<string, Examination>>,
  now: () => number,
): Promise<Diagnosis> {
  const found = await Promise.all(Object.entries(examinations).map(([name, run]) => bounded(name, run)));
  return { at: now(), links: found.flat() };
}

async function bounded(name: string, run: Examination): Promise<readonly Link[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Link>((resolve) => {
    timer = setTimeout(
      () => resolve({ name, state: 'unknown', detail: 'This took too long to find out.' }),
      LONGEST_MS,
    );
  });
  try {
    const found = await Promise.race([run(), late]);
    return Array.isArray(found) ? (found as readonly Link[]) : [found as Link];
  } catch (error) {
    const what = error instanceof Error ? error.name : typeof error;
    return [{ name, state: 'unknown', detail: `This could not be examined (${what}).` }];
  } finally {
    clearTimeout(timer);
  }
}
