import { startFrontdesk } from '../support/frontdesk';

/** How the last clip of an answer may be kept. */
async function cachingOf(url: string, xml: string): Promise<string | null> {
  const clip = [...xml.matchAll(/<Play>([^<]*)<\/Play>/g)].at(-1)?.[1] ?? '';
  return (await fetch(new URL(clip, url))).headers.get('cache-control');
}

test('what callers hear again and again may be kept by whoever fetches it; what is one caller’s never is', async () => {
  let now = Date.parse('2026-03-03T15:00:00Z');
  const frontdesk = await startFrontdesk({ groq: true, voice: true, overrides: { clock: { now: () => now } } });
  const answersOf = async (callSid: string) => {
    await frontdesk.post('incoming', {}, callSid);
    frontdesk.groq.next('We repair all brands of bicycles.', 'Anna has a bicycle with a broken brake.');
    const [ofAll, ofOne] = [
      await frontdesk.post('process?turn=1', { SpeechResult: 'What do you do there?' }, callSid),
      await frontdesk.post('process?turn=2', { SpeechResult: 'Do you know my bicycle?' }, callSid),
    ];
    return Promise.all([ofAll, ofOne].map(({ xml }) => cachingOf(frontdesk.url, xml)));
  };
  expect(await answersOf('CA' + '1'.repeat(32))).toEqual(['private, no-store', 'private, no-store']);
  now += 16 * 60_000;
  expect(await answersOf('CA' + '2'.repeat(32))).toEqual(['public, max-age=31536000, immutable', 'private, no-store']);
  expect(frontdesk.voice.requests.filter(({ text }) => /all brands/.test(text))).toHaveLength(1);
});
