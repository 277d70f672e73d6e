/**
 * The shape of the database, one step after the other; a step that was released is never changed. A database's
 * `user_version` counts the steps it has taken.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE secrets (name TEXT PRIMARY KEY, sealed BLOB NOT NULL, saved_at INTEGER NOT NULL) STRICT;
  CREATE TABLE profiles (id INTEGER PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT;
  CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY, csrf TEXT NOT NULL, created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE tokens (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, used_at INTEGER
  ) STRICT;
  `,
  `
  CREATE TABLE calls (
    sid TEXT PRIMARY KEY, direction TEXT NOT NULL, from_number TEXT, to_number TEXT, test INTEGER NOT NULL,
    started_at INTEGER NOT NULL, answered_at INTEGER, ended_at INTEGER, duration_s INTEGER, seen_at INTEGER NOT NULL,
    status TEXT NOT NULL, outcome TEXT, conversation TEXT, transfer TEXT, transferred_at INTEGER,
    prompt_tokens INTEGER NOT NULL DEFAULT 0, completion_tokens INTEGER NOT NULL DEFAULT 0,
    spoken_characters INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX calls_by_start ON calls (started_at DESC, sid);
  CREATE INDEX calls_going_on ON calls (seen_at) WHERE outcome IS NULL;
  CREATE INDEX calls_by_outcome ON calls (outcome, started_at DESC);
  CREATE INDEX calls_by_caller ON calls (from_number, started_at DESC);
  CREATE TABLE turns (
    id INTEGER PRIMARY KEY, call_sid TEXT NOT NULL REFERENCES calls (sid) ON DELETE CASCADE, number INTEGER NOT NULL,
    at INTEGER NOT NULL, words TEXT, confidence REAL, digits TEXT, reply TEXT NOT NULL DEFAULT '', heard TEXT,
    clips TEXT NOT NULL DEFAULT '[]', rung TEXT, voice TEXT, first_words_ms INTEGER, first_audio_ms INTEGER,
    whole_reply_ms INTEGER, split INTEGER NOT NULL DEFAULT 0, unanswered INTEGER NOT NULL DEFAULT 0,
    UNIQUE (call_sid, number)
  ) STRICT;
  CREATE INDEX turns_with_audio ON turns (at) WHERE first_audio_ms IS NOT NULL;
  CREATE INDEX turns_unanswered ON turns (at DESC) WHERE unanswered = 1;
  CREATE VIRTUAL TABLE turns_text USING fts5 (words, reply, content = 'turns', content_rowid = 'id');
  CREATE TRIGGER turns_added AFTER INSERT ON turns BEGIN
    INSERT INTO turns_text (rowid, words, reply) VALUES (new.id, new.words, new.reply);
  END;
  CREATE TRIGGER turns_changed AFTER UPDATE OF words, reply ON turns BEGIN
    INSERT INTO turns_text (turns_text, rowid, words, reply) VALUES ('delete', old.id, old.words, old.reply);
    INSERT INTO turns_text (rowid, words, reply) VALUES (new.id, new.words, new.reply);
  END;
  CREATE TRIGGER turns_removed AFTER DELETE ON turns BEGIN
    INSERT INTO turns_text (turns_text, rowid, words, reply) VALUES ('delete', old.id, old.words, old.reply);
  END;
  CREATE TABLE call_statuses (
    call_sid TEXT NOT NULL REFERENCES calls (sid) ON DELETE CASCADE, status TEXT NOT NULL, sequence INTEGER NOT NULL,
    at INTEGER NOT NULL, seconds INTEGER, PRIMARY KEY (call_sid, status, sequence)
  ) STRICT;
  CREATE TABLE messages (
    id TEXT PRIMARY KEY, call_sid TEXT NOT NULL, from_number TEXT, name TEXT, number TEXT, reason TEXT,
    answers TEXT NOT NULL DEFAULT '[]', partial INTEGER NOT NULL, test INTEGER NOT NULL, taken_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'new', done_at INTEGER
  ) STRICT;
  CREATE INDEX messages_by_time ON messages (state, taken_at DESC);
  CREATE INDEX messages_by_call ON messages (call_sid);
  CREATE TABLE deliveries (
    id TEXT PRIMARY KEY, event TEXT NOT NULL, about TEXT, channel TEXT NOT NULL, target TEXT NOT NULL, body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', tries INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL, delivered_at INTEGER, problem TEXT
  ) STRICT;
  CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
  CREATE INDEX deliveries_about ON deliveries (about) WHERE about IS NOT NULL;
  CREATE INDEX deliveries_by_time ON deliveries (created_at DESC);
  `,
  `
  ALTER TABLE calls ADD COLUMN refused TEXT;
  ALTER TABLE calls ADD COLUMN bridged_until INTEGER;
  ALTER TABLE calls ADD COLUMN summary TEXT;
  ALTER TABLE calls ADD COLUMN reason TEXT;
  ALTER TABLE calls ADD COLUMN reason_quote TEXT;
  ALTER TABLE calls ADD COLUMN urgency TEXT;
  ALTER TABLE calls ADD COLUMN urgency_quote TEXT;
  ALTER TABLE calls ADD COLUMN understood_at INTEGER;
  ALTER TABLE calls ADD COLUMN understand_due_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE calls ADD COLUMN understand_tries INTEGER NOT NULL DEFAULT 0;
  UPDATE calls SET understood_at = ended_at WHERE outcome IS NOT NULL;
  CREATE INDEX calls_to_understand ON calls (understand_due_at) WHERE outcome IS NOT NULL AND understood_at IS NULL;
  CREATE TABLE fields (
    call_sid TEXT NOT NULL REFERENCES calls (sid) ON DELETE CASCADE, name TEXT NOT NULL, value TEXT NOT NULL,
    quote TEXT, turn INTEGER, source TEXT NOT NULL, PRIMARY KEY (call_sid, name)
  ) STRICT;
  ALTER TABLE messages ADD COLUMN recording TEXT;
  CREATE TABLE recordings (
    sid TEXT PRIMARY KEY, call_sid TEXT NOT NULL, seconds INTEGER NOT NULL, made_at INTEGER NOT NULL,
    state TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL, removed_at INTEGER
  ) STRICT;
  CREATE INDEX recordings_due ON recordings (due_at) WHERE state IN ('waiting', 'fetched');
  CREATE INDEX recordings_by_call ON recordings (call_sid);
  CREATE TABLE placed_calls (
    id TEXT PRIMARY KEY, to_number TEXT NOT NULL, reason TEXT NOT NULL, placed_at INTEGER NOT NULL,
    call_sid TEXT, state TEXT NOT NULL
  ) STRICT;
  CREATE INDEX placed_calls_by_time ON placed_calls (placed_at DESC);
  CREATE INDEX placed_calls_by_sid ON placed_calls (call_sid);
  `,
  `
  ALTER TABLE calls ADD COLUMN transfer_s INTEGER;
  CREATE TABLE call_usage (
    call_sid TEXT NOT NULL REFERENCES calls (sid) ON DELETE CASCADE, kind TEXT NOT NULL, name TEXT NOT NULL,
    amount INTEGER NOT NULL, PRIMARY KEY (call_sid, kind, name)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO call_usage
    WITH told AS (SELECT sid, prompt_tokens, completion_tokens, spoken_characters,
      (SELECT rung FROM turns WHERE call_sid = sid AND rung <> 'answerer' ORDER BY number LIMIT 1) AS model,
      (SELECT voice FROM turns WHERE call_sid = sid AND voice IS NOT NULL ORDER BY number LIMIT 1) AS voice,
      (SELECT count(*) FROM turns WHERE call_sid = sid AND words IS NOT NULL) AS heard FROM calls)
    SELECT sid, 'tokens in', ifnull(model, 'unknown'), prompt_tokens FROM told WHERE prompt_tokens > 0 UNION ALL
    SELECT sid, 'tokens out', ifnull(model, 'unknown'), completion_tokens FROM told WHERE completion_tokens > 0 UNION ALL
    SELECT sid, 'voice', ifnull(voice, 'unknown'), spoken_characters FROM told WHERE spoken_characters > 0 UNION ALL
    SELECT sid, 'heard', 'speech', heard FROM told WHERE heard > 0;
  CREATE INDEX calls_counted
    ON calls (started_at, test, outcome, direction, duration_s, transfer, transfer_s, sid);
  ALTER TABLE turns ADD COLUMN test INTEGER NOT NULL DEFAULT 0;
  UPDATE turns SET test = 1 WHERE call_sid IN (SELECT sid FROM calls WHERE test = 1);
  DROP INDEX turns_with_audio;
  CREATE INDEX turns_first_audio ON turns (at, test, first_audio_ms) WHERE first_audio_ms IS NOT NULL;
  `,
  // "Repairs" is found by "repair", since every word is written by its stem; questions are read from their index alone.
  `
  DROP TABLE turns_text;
  CREATE VIRTUAL TABLE turns_text USING fts5 (
    words, reply, content = 'turns', content_rowid = 'id', tokenize = 'porter unicode61'
  );
  INSERT INTO turns_text (turns_text) VALUES ('rebuild');
  DROP INDEX turns_unanswered;
  CREATE INDEX turns_unanswered ON turns (words, test) WHERE unanswered = 1;
  INSERT INTO turns_text (turns_text, rank) VALUES ('secure-delete', 1);
  ALTER TABLE calls ADD COLUMN words_gone_at INTEGER;
  ALTER TABLE calls ADD COLUMN numbers_gone_at INTEGER;
  ALTER TABLE messages ADD COLUMN numbers_gone_at INTEGER;
  CREATE INDEX calls_with_words ON calls (started_at) WHERE words_gone_at IS NULL;
  CREATE INDEX calls_with_numbers ON calls (started_at) WHERE numbers_gone_at IS NULL;
  ALTER TABLE deliveries ADD COLUMN call_sid TEXT GENERATED ALWAYS AS (json_extract(body, '$.data.call_sid')) VIRTUAL;
  CREATE INDEX deliveries_by_call ON deliveries (call_sid);
  CREATE TABLE removals (
    sid TEXT PRIMARY KEY, elsewhere INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE forgotten_calls (sid TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
  ALTER TABLE calls ADD COLUMN limited TEXT;
  CREATE INDEX calls_limited ON calls (started_at, test, limited) WHERE limited IS NOT NULL;
  `,
  `
  ALTER TABLE turns ADD COLUMN lead_ms INTEGER;
  CREATE TABLE word_pairs (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, matched INTEGER NOT NULL, lead_ms INTEGER NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE calls ADD COLUMN answered_by TEXT;
  CREATE INDEX calls_placed ON calls (to_number, started_at DESC) WHERE direction = 'outbound';
  `,
  `
  ALTER TABLE turns ADD COLUMN first_clip_ms INTEGER;
  `,
  // Words come into the index when their call is over, or when somebody searches: no caller waits for it.
  `
  ALTER TABLE turns ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
  DROP TRIGGER turns_added;
  DROP TRIGGER turns_changed;
  DROP TRIGGER turns_removed;
  DROP TABLE turns_text;
  UPDATE turns SET searchable = 1;
  CREATE INDEX turns_to_index ON turns (call_sid) WHERE searchable = 0;
  CREATE VIEW searchable_turns AS SELECT id, words, reply FROM turns WHERE searchable = 1;
  CREATE VIRTUAL TABLE turns_text USING fts5 (
    words, reply, content = 'searchable_turns', content_rowid = 'id', tokenize = 'porter unicode61'
  );
  INSERT INTO turns_text (turns_text) VALUES ('rebuild');
  INSERT INTO turns_text (turns_text, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER turns_made_searchable AFTER UPDATE OF searchable ON turns
  WHEN old.searchable = 0 AND new.searchable = 1 BEGIN
    INSERT INTO turns_text (rowid, words, reply) VALUES (new.id, new.words, new.reply);
  END;
  CREATE TRIGGER turns_changed AFTER UPDATE OF words, reply ON turns WHEN old.searchable = 1 BEGIN
    INSERT INTO turns_text (turns_text, rowid, words, reply) VALUES ('delete', old.id, old.words, old.reply);
    INSERT INTO turns_text (rowid, words, reply) VALUES (new.id, new.words, new.reply);
  END;
  CREATE TRIGGER turns_removed AFTER DELETE ON turns WHEN old.searchable = 1 BEGIN
    INSERT INTO turns_text (turns_text, rowid, words, reply) VALUES ('delete', old.id, old.words, old.reply);
  END;
  `,
];
