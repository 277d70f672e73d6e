import type Sqlite from 'better-sqlite3';
import { openDatabase } from '../../src/storage/database';
import { loadDriver } from '../../src/storage/driver';

/** Between two calls, in ms: a year holds them all. */
const APART_MS = 10 * 60_000;
const TURN_MS = 14_000;
export const TURNS = 8;

const ASKS = [
  'Hi, do you have time for a tune-up this week?',
  'My front brake squeaks, can you have a look at it?',
  'How much is a new chain for a city bike?',
  'I have a flat tire on the rear wheel and I need the bike tomorrow.',
  'Can I bring it in on Saturday morning?',
  'Is my bike ready? It is the green one with the child seat.',
  'Do you also repair the battery of an electric bike?',
  'Could somebody call me back about the invoice, please?',
  'What time do you close today?',
  'Do I need an appointment for that?',
  'Okay, and what would the labor cost be?',
  'Yes, that would be great, thank you.',
];
const ANSWERS = [
  'We are open from nine to half past twelve, and from half past one to six.',
  'Fixing a flat tire is 25 dollars, including the new inner tube. We usually do it while you wait.',
  'A basic tune-up is 75 dollars, and a full tune-up is 140 dollars. Parts are extra.',
  'You can drop your bike off at any time while we are open. No appointment is needed.',
  'Most repairs take two to three working days. Small jobs are often done the same day.',
  'Yes, we repair electric bikes, but we cannot repair batteries themselves.',
  'I will pass that on, and one of the mechanics will call you back.',
  'A brake adjustment is 20 dollars, and bleeding hydraulic brakes is 45 dollars for each brake.',
];
const NAMES = ['Ada Lane', 'Jonas Hill', 'Mira Stone', 'Noor Field', 'Leo Marsh', 'Ines Brook'];
const OUTCOMES = ['answered', 'answered', 'answered', 'message', 'abandoned', 'transferred', 'missed'];

const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
export const sidOf = (index: number) => `CA${index.toString(16).padStart(32, '0')}`;
export const startOf = (index: number) => Date.UTC(2026, 0, 1) + index * APART_MS;
/** Of every five hundred calls one failed. */
const outcomeOf = (index: number) => (index % 500 === 7 ? 'failed' : at(OUTCOMES, index));

/** What a caller says: seldom a "penny-farthing", and each call has an order number of its own. */
function wordsOf(call: number, turn: number): string {
  if (turn === 2) return `It is about order ${1_000_000 + call}, the name is ${at(NAMES, call)}.`;
  if (turn === 5 && call % 2_500 === 11) return 'It is for a penny-farthing from 1885.';
  return at(ASKS, call * 5 + turn * 7);
}

/** Makes a database in `file` with so many calls of eight turns after the greeting, as if a year had passed. */
export async function writeManyCalls(file: string, calls: number): Promise<void> {
  await openDatabase(file).destroy();
  const sqlite = new (loadDriver())(file);
  sqlite.pragma('synchronous = OFF');
  const write = writers(sqlite);
  sqlite.transaction(() => {
    for (let call = 0; call < calls; call += 1) write(call);
    sqlite.exec('UPDATE turns SET searchable = 1'); // as the end of each call does
  })();
  sqlite
    .prepare("INSERT INTO settings (name, value, saved_at) VALUES ('rules', ?, 0)")
    .run(JSON.stringify({ privacy: { transcriptDays: null, audioDays: null, numberDays: null } })); // kept in any year
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

function writers(sqlite: Sqlite.Database): (call: number) => void {
  const call = sqlite.prepare(`INSERT INTO calls
    (sid, direction, from_number, to_number, test, started_at, answered_at, ended_at, duration_s, seen_at, status, outcome, understood_at)
    VALUES (?, 'inbound', ?, '+12025550100', 0, ?, ?, ?, 120, ?, 'completed', ?, ?)`);
  const turn = sqlite.prepare(`INSERT INTO turns
    (call_sid, number, at, words, confidence, reply, clips, rung, voice, first_words_ms, first_audio_ms, whole_reply_ms, unanswered)
    VALUES (?, ?, ?, ?, 0.9, ?, ?, 'openai/gpt-oss-120b', 'en-US-Neural2-F', 250, 600, 900, ?)`);
  const message = sqlite.prepare(`INSERT INTO messages
    (id, call_sid, from_number, name, number, reason, partial, test, taken_at) VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?)`);
  return (index) => {
    const [sid, start] = [sidOf(index), startOf(index)];
    const caller = `+120255501${String(index % 100).padStart(2, '0')}`;
    call.run(sid, caller, start, start, start + 120_000, start + 120_000, outcomeOf(index), start + 121_000);
    for (let number = 0; number <= TURNS; number += 1) {
      const reply = at(ANSWERS, index * 3 + number * 5);
      const clips = JSON.stringify([{ text: reply, clip: `${index}-${number}.wav` }]);
      const words = number === 0 ? null : wordsOf(index, number);
      turn.run(sid, number, start + number * TURN_MS, words, reply, clips, Number(number === 6 && index % 10 === 0));
    }
    if (outcomeOf(index) === 'message')
      message.run(`m${index}`, sid, caller, at(NAMES, index), caller, 'Please call me back.', start + 110_000);
  };
}
