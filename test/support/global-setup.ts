import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** All stories log below one folder, which is searched for canaries in the end. */
export = function setUp(): void {
  process.env['STORY_LOGS'] = mkdtempSync(join(tmpdir(), 'frontdesk-story-logs-'));
};
