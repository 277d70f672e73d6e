import { saidIn, startFrontdesk, type Running } from '../support/frontdesk';
import { told, untilGuesses } from '../support/partials';

const QUESTION = 'Are you open on Sundays?';
const ON = { SPECULATION: 'on' };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const started = (env: Record<string, string> = ON) => startFrontdesk({ groq: true, voice: true, env });
const last = ({ groq }: Running) => groq.requests.map(({ body }) => body.messages.at(-1)?.['content']);
const textOf = (frontdesk: Running) => frontdesk.voice.requests.map(({ text }) => text);

describe('a reply is begun while the caller still speaks', () => {
  test('and is there when they have finished: one request to the model, and an answer within milliseconds', async () => {
    const frontdesk = await started();
    frontdesk.groq.reply({ words: 'No, on Sundays we are closed.', firstTokenMs: 80, tokenMs: 5 });
    const greeting = await frontdesk.post('incoming');
    expect(greeting.xml).toContain('partialResultCallback="');
    await told(frontdesk, greeting.xml, ['are', 'are you open', 'are you open on sundays']);
    await wait(500);
    const answer = await frontdesk.post('process?turn=1', { SpeechResult: QUESTION });
    console.log(answer.ms, answer.xml);
    expect(answer.xml).toContain('<Play>');
    expect(answer.ms).toBeLessThan(60);
    expect(last(frontdesk)).toEqual(['are you open on sundays']);
    expect(textOf(frontdesk)).toContain('No, on Sundays we are closed.');
    await untilGuesses(frontdesk, { adopted: 1 });
  });
});
void saidIn;
