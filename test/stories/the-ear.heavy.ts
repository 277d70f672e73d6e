import { sayInTurn } from '../../src/simulator/caller';
import { placeCall } from '../../src/simulator/place-call';
import { hasEar, listenTo } from '../support/ear';
import { startFrontdesk } from '../support/frontdesk';
import { rehearsedVoice } from '../support/speaking-voice';

const canHear = hasEar();
if (!canHear) {
  const left = 'There is no pocketsphinx on this machine: nobody listened to what callers hear.';
  if (process.env['CI']) throw new Error(`${left} Install pocketsphinx and pocketsphinx-en-us.`);
  process.stdout.write(`${left}\n`);
}

const SAID = [
  'Hello, this is the Maple Street Bicycle Workshop. I am the automated assistant, and this call is transcribed. How can I help you?',
  'We are open Tuesday to Friday from nine to five.',
  'Please bring your bicycle in the morning.',
  'Thank you for calling.',
  'Goodbye.',
];

/** What each clip of the call is about, in the order in which it is heard. */
const KEY_WORDS = [/workshop/, /tuesday.*friday/, /bring.*morning/, /calling/, /goodbye/];

/** Whether every clip says what it should. */
const isInOrder = (heard: readonly string[]) =>
  heard.length === KEY_WORDS.length && KEY_WORDS.every((words, index) => words.test(heard[index] ?? ''));

const swapped = ([first, second, third, ...rest]: Buffer[]): Buffer[] =>
  [first, third, second, ...rest].flatMap((wav) => wav ?? []);

(canHear ? test : test.skip)(
  'an independent ear understands what the caller was played, and notices when two clips are swapped',
  async () => {
    const { url, voice, groq } = await startFrontdesk({ signed: false, groq: true, voice: true });
    voice.behave({ spoken: await rehearsedVoice(SAID) });
    groq.next(...SAID.slice(1, 3));
    groq.reply(SAID.slice(3).join(' '));
    const acts = [{ say: 'When are you open?' }, { say: 'When should I bring it?' }, { say: 'Thanks, goodbye.' }];
    const report = await placeCall({ url }, sayInTurn(acts));
    expect(report.problems).toEqual([]);
    const clips = report.heard.flatMap(({ clipUrl }) => clipUrl ?? []);
    const wavs = await Promise.all(clips.map(async (clip) => Buffer.from(await (await fetch(clip)).arrayBuffer())));
    const heard = await listenTo(wavs);
    expect({ heard, inOrder: isInOrder(heard) }).toEqual({ heard, inOrder: true });
    expect(isInOrder(await listenTo(swapped(wavs)))).toBe(false);
  },
  180_000,
);
