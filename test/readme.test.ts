import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { readConfig, VARIABLES } from '../src/config';

const ROOT = join(__dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const readme = read('README.md');
const example = read('.env.example');
const { scripts, engines, license, name } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  engines: { node: string };
  license: string;
  name: string;
};

describe('README.md', () => {
  test('every npm command in it exists', () => {
    const builtIn = ['ci'];
    const named = [...readme.matchAll(/npm (?:run )?([a-z-]+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((command) => !builtIn.includes(command) && !(command in scripts))).toEqual([]);
  });

  test('every variable in it is one that is read', () => {
    const named = [...readme.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((variable) => !(VARIABLES as readonly string[]).includes(variable))).toEqual([]);
  });

  test('every file in it is there', () => {
    const named = [...readme.matchAll(/`((?:src|test)\/[^`]+|\.env\.example)`/g)].map((match) => match[1] ?? '');
    expect(named.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('every address in it is served', () => {
    const routes = ['voice/routes', 'operations/routes', 'console/pages/calls/api', 'console/openapi/routes']
      .map((file) => read(`src/${file}.ts`))
      .join('');
    const named = [...readme.matchAll(/`(?:GET )?(\/[a-z/]+)`/g)].map((match) => match[1] ?? '');
    const missing = named.filter((address) => !routes.includes(`'${address.replace('/api/voice', '')}'`));
    expect(named.length).toBeGreaterThan(4);
    expect(missing).toEqual([]);
  });

  test('the first screen says what it is, how to run it and how to test it', () => {
    const screen = readme.split('\n').slice(0, 30).join('\n');
    for (const words of ['npm ci && npm start', 'npm run call', 'npm ci && npm test', 'You will see']) {
      expect(screen).toContain(words);
    }
  });

  test('names the Node versions and the licence of package.json', () => {
    expect([engines.node, license, name]).toEqual(['^20.19.0 || ^22.12.0 || >=24.0.0', 'MIT', 'frontdesk']);
  });
});

describe('.env.example', () => {
  const variables = Object.keys(parse(example));

  test('has every variable that is read, and no other', () => {
    expect([...variables].sort()).toEqual([...VARIABLES].sort());
  });

  test('is a valid configuration, and says the defaults', () => {
    const defaults: Record<string, unknown> = readConfig({});
    expect(readConfig(parse(example))).toEqual(defaults);
  });

  test('explains every variable above it', () => {
    const lines = example.split('\n');
    for (const [index, line] of lines.entries()) {
      if (!/^[A-Z_]+=/.test(line)) continue;
      let above = index - 1;
      while (/^[A-Z_]+=/.test(lines[above] ?? '')) above -= 1;
      expect(lines[above]).toMatch(/^# /);
    }
  });
});
