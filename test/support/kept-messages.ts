import { join } from 'node:path';
import { loadDriver } from '../../src/storage/driver';
import type { TakenMessage } from '../../src/conversations/ports';

type Row = Record<string, string | number | null>;

/** The messages in a Frontdesk's database as they are on disk now, the oldest first, read past the process that writes them. */
export function keptMessages(directory: string): TakenMessage[] {
  const sqlite = new (loadDriver())(join(directory, 'data', 'frontdesk.db'), { readonly: true });
  const rows = sqlite.prepare('SELECT * FROM messages ORDER BY taken_at, rowid').all() as Row[];
  sqlite.close();
  return rows.map((row) => {
    const { id, call_sid: callSid, from_number: from, name, number, reason, partial, taken_at: takenAt } = row;
    const answers = JSON.parse(String(row['answers'])) as TakenMessage['answers'] & object;
    return {
      id: String(id),
      callSid: String(callSid),
      from: text(from),
      name: text(name),
      number: text(number),
      reason: text(reason),
      takenAt: new Date(Number(takenAt)).toISOString(),
      partial: partial === 1,
      ...(answers.length > 0 ? { answers } : {}),
      ...(row['test'] === 1 ? { test: true as const } : {}),
    };
  });
}

const text = (value: string | number | null | undefined) => (typeof value === 'string' ? value : undefined);
