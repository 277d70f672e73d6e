import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the stories say, use and are called by, and what must stand in no log. */
const CANARIES = [
  'gsk_test',
  '00112233445566778899aabbccddeeff',
  '2025550101',
  '202 555 0101',
  'When are you open',
  'elephant',
  'broken brake',
  'We open at nine',
];

/** Every canary found in a log below `directory`, with its file. */
export function canariesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return CANARIES.filter((canary) => text.includes(canary)).map((canary) => `"${canary}" in ${file}`);
    });
}
