import { join } from 'node:path';
import { openDatabase } from '../../src/storage/database';
import { temporaryFolder, whenDone } from '../support/frontdesk';
import { olderDatabase } from '../support/older-database';

test('what older calls used is brought over, under the model and the voice that their turns name', async () => {
  const file = join(await temporaryFolder(), 'old.db');
  const sqlite = olderDatabase(file, 2);
  sqlite.exec(`
    INSERT INTO calls (sid, direction, test, started_at, seen_at, status, prompt_tokens, completion_tokens,
      spoken_characters) VALUES ('CA1', 'inbound', 0, 1, 1, 'completed', 900, 50, 120),
      ('CA2', 'inbound', 0, 1, 1, 'completed', 0, 0, 0);
    INSERT INTO turns (call_sid, number, at, words, rung, voice) VALUES ('CA1', 0, 1, NULL, NULL, NULL),
      ('CA1', 1, 1, 'Hello', 'answerer', 'en-US-Neural2-F'), ('CA1', 2, 1, 'Open?', 'a-model', 'en-US-Neural2-F');
  `);
  sqlite.close();
  const database = openDatabase(file);
  whenDone(() => database.destroy());
  expect(await database.selectFrom('call_usage').selectAll().orderBy('kind').execute()).toEqual([
    { call_sid: 'CA1', kind: 'heard', name: 'speech', amount: 2 },
    { call_sid: 'CA1', kind: 'tokens in', name: 'a-model', amount: 900 },
    { call_sid: 'CA1', kind: 'tokens out', name: 'a-model', amount: 50 },
    { call_sid: 'CA1', kind: 'voice', name: 'en-US-Neural2-F', amount: 120 },
  ]);
});
