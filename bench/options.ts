import { parseArgs } from 'node:util';
import { PROFILES } from './stub/profiles';

/** What can be asked of the bench. */
export interface Options {
  full: boolean;
  only: readonly string[];
  n: number | undefined;
  seed: string;
  profile: string;
  json: string | undefined;
  /** Where the picture of the distribution goes. */
  picture: string | undefined;
  /** Writes what was measured to bench/baseline.json. */
  keep: boolean;
}

export const MEASURES = ['a', 'a4', 'b', 'b2', 's', 's2', 's3', 'c', 'c2', 'd', 'e', 'f', 'h'];

export const HELP = `npm run bench -- [options]
  --full            within an hour, with more of everything
  --only a,b,c      only these measures: ${MEASURES.join(', ')}
  --n 10            so many samples of each
  --profile NAME    upstreams of a, a4 and b: ${Object.keys(PROFILES).join(', ')} (typical)
  --seed TEXT       another draw of the upstreams' times (1)
  --json FILE       writes the figures to a file
  --picture FILE    draws first audio against the floor, as SVG
  --keep            makes these figures the baseline that later runs are compared with`;

/** Reads the command line. Throws Error with the remedy for what cannot be understood. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ help: { type: 'boolean' }, full: { type: 'boolean' }, keep: { type: 'boolean' } },
      ...{ only: { type: 'string' }, n: { type: 'string' }, seed: { type: 'string' }, profile: { type: 'string' } },
      ...{ json: { type: 'string' }, picture: { type: 'string' } },
    },
  });
  if (values.help) return 'help';
  const { full = false, keep = false, seed = '1', profile = 'typical', json, picture } = values;
  const only = values.only?.split(',').map((id) => id.trim()) ?? MEASURES;
  refuse(
    '--only',
    only.find((id) => !MEASURES.includes(id)),
    MEASURES.join(', '),
  );
  refuse('--profile', profile in PROFILES ? undefined : profile, Object.keys(PROFILES).join(', '));
  refuse('--n', /^[1-9]\d{0,5}$/.test(values.n ?? '1') ? undefined : values.n, 'a whole number from 1 up');
  const n = values.n === undefined ? undefined : Number(values.n);
  return { full, only, n, seed, profile, json, picture, keep };
}

function refuse(name: string, wrong: string | undefined, remedy: string): void {
  if (wrong !== undefined) throw new Error(`${name} cannot be "${wrong}". Give it one of these: ${remedy}.`);
}
