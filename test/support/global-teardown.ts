import { rmSync } from 'node:fs';
import { canariesIn } from './log-canaries';

/** No key, full telephone number or utterance stands in any log of the whole suite. */
export = function tearDown(): void {
  if (!process.argv.some((argument) => argument.includes('browser'))) {
    process.stdout.write('The browser stories are left out here: npm run test:browser (with Chromium) tells them.\n');
  }
  const directory = process.env['STORY_LOGS'];
  if (!directory) return;
  const found = canariesIn(directory);
  rmSync(directory, { recursive: true, force: true });
  if (found.length > 0) throw new Error(`Found in the logs of the stories:\n${found.join('\n')}`);
};
