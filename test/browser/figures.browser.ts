import { join } from 'node:path';
import { openDatabase } from '../../src/storage/database';
import { startFrontdesk, whenDone, type Running } from '../support/frontdesk';
import { simulate } from '../support/simulate';
import { accessibilityProblems, browserTest, openPage, picture } from '../support/browser';

const LOOKS = [
  { width: 390, scheme: 'light' },
  { width: 1280, scheme: 'light' },
  { width: 390, scheme: 'dark' },
  { width: 1280, scheme: 'dark' },
] as const;
const DAY_MS = 24 * 60 * 60_000;
const OUTCOMES = ['answered', 'answered', 'answered', 'message', 'message', 'transferred', 'abandoned', 'missed'];

/** Sixty real calls over three weeks, with gaps, beside the one that was tried. */
async function fill({ directory }: Running): Promise<void> {
  const database = openDatabase(join(directory, 'data', 'frontdesk.db'));
  whenDone(() => database.destroy());
  for (let index = 0; index < 60; index += 1) {
    const at = Date.now() - ((index * 5) % 21) * DAY_MS - (index % 9) * 60 * 60_000;
    const [sid, outcome] = [`CA${index}`, OUTCOMES[index % OUTCOMES.length] ?? null];
    const call = { sid, outcome, direction: 'inbound', test: 0, started_at: at, seen_at: at, duration_s: 30 + index };
    await database
      .insertInto('calls')
      .values({ ...call, status: 'completed' })
      .execute();
    const turn = { call_sid: sid, number: 1, at, words: 'Hello', reply: 'Hello.', first_audio_ms: 400 + index * 9 };
    await database.insertInto('turns').values(turn).execute();
    const used = { call_sid: sid, kind: 'tokens in', name: index === 0 ? 'a-new-model' : 'openai/gpt-oss-20b' };
    await database
      .insertInto('call_usage')
      .values({ ...used, amount: 2_000 })
      .execute();
  }
}

browserTest.each(LOOKS)(
  'at $width px, $scheme: pictures, costs and prices have no error, spill over nothing, and shut nobody out',
  async (look) => {
    const frontdesk = await startFrontdesk({ signed: false, groq: true, voice: true });
    frontdesk.groq.reply({ words: 'We are open until five.' });
    const { callSid } = await simulate(frontdesk, ['When are you open?', 'Please tell me about tandems', 'bye']);
    await fill(frontdesk);
    const { page, trouble } = await openPage(look);
    const problems: string[] = [];
    for (const [name, path] of [
      ['figures', '/'],
      ['figures-opened', '/?tests=yes'],
      ['prices', '/settings/prices'],
      ['cost-of-a-call', `/calls/${callSid}`],
    ] as const) {
      await page.goto(frontdesk.url + path);
      if (path === '/?tests=yes')
        for (const summary of await page.locator('.numbers summary').all()) await summary.click();
      await picture(page, `${name}-${look.width}-${look.scheme}`);
      problems.push(...(await accessibilityProblems(page)).map((problem) => `${path}: ${problem}`));
      const spill = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      if (spill > 0) problems.push(`${path}: spills over by ${spill} px`);
    }
    expect([...problems, ...trouble]).toEqual([]);
  },
  120_000,
);
