import { SaxesParser } from 'saxes';
import { startFrontdesk } from '../support/frontdesk';

const HOSTILE: [string, string][] = [
  ['XML of its own', '</Say></Gather><Redirect>https://evil.example.com</Redirect><Say> & < > " \' ]]>'],
  ['an XML declaration and an entity', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>&b;'],
  ['control characters and NUL', 'we\u0000 are\u0007 open\u000b \u001b[31mnow\u007f'],
  ['lone surrogates', 'we \ud800 are \udfff open'],
  ['noncharacters', 'we \ufffe are \uffff open'],
  ['marks that turn the direction', '\u202ewe are\u202c \u200fopen\u2066'],
  ['50 kB of euros', '€'.repeat(17_000)],
  ['50 kB of words', 'open '.repeat(10_000)],
  [
    'Markdown of every kind',
    '# We\n\n**are** _open_ `now`:\n\n1. [here](https://example.com/x?y=1)\n- ~~there~~\n\n| a | b |\n|---|---|\n> quote\n```js\ncode()\n```\n![img](http://a.b/c.png)',
  ],
  ['emoji', 'We 👩‍👩‍👧 are 🇺🇸 open 👍🏽 1️⃣'],
  ['fifty thousand brackets', '['.repeat(50_000)],
  ['nothing but marks', '*** --- ### >>>'],
];

const parse = (xml: string) => {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
};

describe('no words break the XML or the process', () => {
  test.each(HOSTILE)(
    'from the model: %s',
    async (_, words) => {
      const frontdesk = await startFrontdesk({ groq: true });
      frontdesk.groq.reply({ words: [words] });
      const answer = await frontdesk.post('process?turn=1', { SpeechResult: 'When are you open?' });
      expect(answer.status).toBe(200);
      parse(answer.xml);
      expect(answer.xml.length).toBeLessThan(64_000);
      expect(answer.xml).not.toMatch(/evil\.example\.com<\/Redirect>|[*`~]|https?:\/\/example/);
    },
    20_000,
  );

  test.each(HOSTILE)(
    'from the caller, with and without a model: %s',
    async (_, words) => {
      for (const groq of [true, false]) {
        const frontdesk = await startFrontdesk({ groq });
        const fields = {
          SpeechResult: words,
          From: `+1202${words.slice(0, 40)}`,
          Confidence: words.slice(0, 9),
          Digits: '',
        };
        const wellFormed = Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, Buffer.from(value).toString()]),
        );
        for (const route of ['incoming', 'process?turn=1', 'process?turn=2', 'continue?turn=2&part=1', 'fallback']) {
          const answer = await frontdesk.post(route, wellFormed);
          expect(answer.status).toBe(200);
          parse(answer.xml);
        }
      }
    },
    20_000,
  );

  test('a hostile CallSid stays inside its address', async () => {
    const frontdesk = await startFrontdesk();
    const callSid = '"><Hangup/>&x=1\u0001€';
    const answer = await frontdesk.post('incoming', {}, callSid);
    parse(answer.xml);
    expect(answer.xml).not.toContain('<Hangup/>');
    expect((await frontdesk.post('process?turn=1', { SpeechResult: 'Are you open?' }, callSid)).status).toBe(200);
  });

  test('names of the language itself are nothing special', async () => {
    const frontdesk = await startFrontdesk();
    for (const name of ['__proto__', 'constructor', 'hasOwnProperty', 'toString']) {
      const answer = await frontdesk.post('incoming', {}, name);
      expect(answer.status).toBe(200);
      expect(answer.xml).toContain('<Gather');
    }
  });

  test('signed with no CallSid anywhere: an apology and a hang-up', async () => {
    const frontdesk = await startFrontdesk();
    const answer = await frontdesk.post('process', {}, '');
    expect(answer.status).toBe(200);
    expect(answer.xml).toMatch(/sorry.*<Hangup\/>/i);
  });
});
