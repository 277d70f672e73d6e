import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogFields } from '../../src/common/log';
import type { Profile } from '../../src/common/profile';
import { loadProfile } from '../../src/settings/profile-file';
import { openSettings, type Settings, type SettingsOptions } from '../../src/settings/settings';
import { openDatabase, type Database } from '../../src/storage/database';

export const KEY = 'a secret key of the office';

/** A folder with a database, a clock that only moves when told, and what was logged. */
export interface Office {
  folder: string;
  file: string;
  now: number;
  events: { level: string; eventType: string; fields: LogFields }[];
  /** Starts Frontdesk's settings anew; the ones before are closed. */
  start(options?: Partial<SettingsOptions>): Promise<Settings>;
  stop(): Promise<void>;
  database(): Database;
}

const running: { office: Office; folder: string }[] = [];

afterEach(async () => {
  for (const { office, folder } of running.splice(0)) {
    await office.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

export const someProfile = (businessName: string): Profile => ({ ...loadProfile(undefined), businessName });

/** An office in which nothing was set yet. */
export function openOffice(): Office {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-settings-'));
  let database: Database | undefined;
  const note =
    (level: string) =>
    (eventType: string, fields: LogFields = {}) =>
      void office.events.push({ level, eventType, fields });
  const office: Office = {
    folder,
    file: join(folder, 'data', 'frontdesk.db'),
    now: Date.UTC(2026, 10, 20, 9),
    events: [],
    async start(options = {}) {
      await office.stop();
      database = openDatabase(office.file);
      return openSettings({
        database,
        key: KEY,
        environment: {},
        seedProfile: () => someProfile('Seeded'),
        clock: { now: () => office.now },
        log: { info: note('info'), warn: note('warn'), error: note('error') },
        ...options,
      });
    },
    async stop() {
      await database?.destroy();
      database = undefined;
    },
    database() {
      if (!database) throw new Error('The office is closed.');
      return database;
    },
  };
  running.push({ office, folder });
  return office;
}

/** Which of `texts` can be read in any file below `folder`, as UTF-8, as UTF-16, in hex or in base64. */
export function readableIn(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const all = Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
  return texts.filter((text) => {
    const bytes = Buffer.from(text);
    const shapes = [bytes, Buffer.from(text, 'utf16le'), bytes.toString('hex'), bytes.toString('base64').slice(0, -4)];
    return shapes.some((shape) => all.includes(shape));
  });
}
