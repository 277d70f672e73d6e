import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preciousSecretFile, secretFile } from '../../src/common/secret-file';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const newPath = () => join(folder, `${count++}`, 'data', 'local.key');
const mustKeep = (error: unknown) => {
  throw error;
};
const modeOf = (path: string) => statSync(path).mode & 0o777;

test('the secret is made at the first start and found again at the next', () => {
  const path = newPath();
  const secret = secretFile(path, mustKeep);
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(secretFile(path, mustKeep)).toBe(secret);
  expect(secretFile(newPath(), mustKeep)).not.toBe(secret);
});

test('only its owner can read it, and the folder that was made for it; no draft is left beside it', () => {
  const path = newPath();
  secretFile(path, mustKeep);
  expect(modeOf(path)).toBe(0o600);
  expect(modeOf(join(path, '..'))).toBe(0o700);
  expect(readdirSync(join(path, '..'))).toEqual(['local.key']);
});

test('a secret that others can read is hidden from them', () => {
  const path = newPath();
  const secret = secretFile(path, mustKeep);
  chmodSync(path, 0o644);
  expect(secretFile(path, mustKeep)).toBe(secret);
  expect(modeOf(path)).toBe(0o600);
});

test.each(['', 'secret', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}\n${'b'.repeat(64)}`])(
  'half a secret is replaced, and does not leave its permissions behind: %j',
  (content) => {
    const path = newPath();
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content, { mode: 0o644 });
    const secret = secretFile(path, mustKeep);
    expect(readFileSync(path, 'utf8')).toBe(`${secret}\n`);
    expect(modeOf(path)).toBe(0o600);
  },
);

test('where the disk does not take it, the process has a secret all the same, and says so', () => {
  const inTheWay = newPath();
  mkdirSync(inTheWay, { recursive: true });
  const unkept: unknown[] = [];
  expect(secretFile(inTheWay, (error) => unkept.push(error))).toMatch(/^[0-9a-f]{64}$/);
  writeFileSync(join(folder, 'a-file'), '');
  expect(secretFile(join(folder, 'a-file', 'local.key'), (error) => unkept.push(error))).toMatch(/^[0-9a-f]{64}$/);
  expect(unkept.map((error) => (error as NodeJS.ErrnoException).code)).toEqual(['EISDIR', 'EEXIST']);
  expect(readdirSync(join(inTheWay, '..'))).toEqual(['local.key']);
});

test.each(['', 'secret', 'A'.repeat(64)])('a secret that opens what is stored is never replaced: %j', (content) => {
  const path = newPath();
  const secret = preciousSecretFile(path, mustKeep);
  expect(preciousSecretFile(path, mustKeep)).toBe(secret);
  writeFileSync(path, content);
  expect(() => preciousSecretFile(path, mustKeep)).toThrow('is not replaced');
  expect(readFileSync(path, 'utf8')).toBe(content);
});
