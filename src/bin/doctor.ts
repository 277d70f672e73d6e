import { config as loadDotenv } from 'dotenv';
import { createApp } from '../app';
import { readConfig } from '../config';

const MARKS = { works: 'works  ', missing: 'missing', wrong: 'WRONG  ', unknown: '?      ' } as const;

/** Examines the installation of this folder and prints every link. Exits with 1 when one is wrong, 2 when it cannot look. */
async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const app = createApp(readConfig(environment));
  try {
    const { links } = await app.diagnose();
    for (const { name, state, detail, remedy } of links) {
      process.stdout.write(`${MARKS[state]}  ${name}: ${[detail, remedy].filter(Boolean).join(' ')}\n`);
    }
    const wrong = links.filter(({ state }) => state === 'wrong');
    process.stdout.write(
      wrong.length === 0 ? 'Nothing is wrong.\n' : `Wrong: ${wrong.map(({ name }) => name).join(', ')}.\n`,
    );
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } finally {
    await app.close();
  }
}

loadDotenv({ quiet: true });
main(process.env).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
