import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/frontdesk';

const run = promisify(execFile);

test('the bench measures first audio against the floor and says what it found', async () => {
  const file = join(await temporaryFolder(), 'figures.json');
  const options = ['--only', 'a,b', '--n', '12', '--json', file];
  const { stdout } = await run('npm', ['run', '--silent', 'bench', '--', ...options], {
    cwd: join(__dirname, '../..'),
  });
  expect(stdout).toContain('Frontdesk bench: seed 1, profile typical, quick.');
  expect(stdout).toMatch(/^a\s+first audio \/ floor, split replies/m);
  expect(stdout).toMatch(/^Control, naive against itself/m);
  const { measures } = JSON.parse(await readFile(file, 'utf8')) as {
    measures: Record<string, { p50: number; n: number }>;
  };
  expect(measures['b-naive']).toMatchObject({ n: 12 });
  expect(measures['b-naive']?.p50).toBeGreaterThan(1); // nobody is faster than the floor
}, 120_000);
