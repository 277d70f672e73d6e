// The loop as a careful engineer writes it first: the whole reply, then the whole speech, then TwiML. It is frozen:
// Frontdesk is measured against it.
import { randomUUID } from 'node:crypto';
import { TextToSpeechClient } from '@google-cloud/text-to-speech';
import { credentials } from '@grpc/grpc-js';
import express from 'express';
import { PassThroughClient } from 'google-auth-library';
import Groq from 'groq-sdk';
import type { AddressInfo } from 'node:net';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse';
import { validateRequest } from 'twilio/lib/webhooks/webhooks';

interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

const [groqUrl = '', google = '', authToken = ''] = process.argv.slice(2);
const { hostname, port } = new URL(`http://${google}`);
const groq = new Groq({ apiKey: 'gsk_bench', baseURL: groqUrl, maxRetries: 0 });
const voice = new TextToSpeechClient({
  apiEndpoint: hostname,
  port: Number(port),
  sslCreds: credentials.createInsecure(),
  authClient: new PassThroughClient(),
});
const SYSTEM: Message = { role: 'system', content: 'You are the friendly receptionist of a small business. Be brief.' };
const HISTORY = 10;
const calls = new Map<string, Message[]>();
const clips = new Map<string, Buffer>();

async function reply(callSid: string, words: string): Promise<string> {
  const history: Message[] = [...(calls.get(callSid) ?? []), { role: 'user', content: words }];
  const answer = await groq.chat.completions.create({
    model: 'openai/gpt-oss-120b',
    messages: [SYSTEM, ...history.slice(-HISTORY)],
  });
  const content = answer.choices[0]?.message.content ?? '';
  calls.set(callSid, [...history, { role: 'assistant', content }]);
  return content;
}

async function speak(text: string): Promise<string> {
  const [{ audioContent }] = await voice.synthesizeSpeech(
    {
      input: { text },
      voice: { name: 'en-US-Neural2-F', languageCode: 'en-US' },
      audioConfig: { audioEncoding: 'MULAW', sampleRateHertz: 8000 },
    },
    { timeout: 4_000, retry: null },
  );
  const name = randomUUID();
  clips.set(name, Buffer.from(audioContent as Uint8Array));
  setTimeout(() => clips.delete(name), 60_000).unref();
  return name;
}

const app = express();
let base = '';
app.get('/audio/:name', (request, response) => {
  const clip = clips.get(request.params.name);
  if (!clip) return void response.sendStatus(404);
  response.type('audio/wav').send(clip);
});
app.post('/process', express.urlencoded({ extended: false }), async (request, response) => {
  const form = request.body as Record<string, string>;
  const signature = request.get('x-twilio-signature') ?? '';
  if (!validateRequest(authToken, signature, base + request.originalUrl, form)) return void response.sendStatus(403);
  const clip = await speak(await reply(form['CallSid'] ?? '', form['SpeechResult'] ?? ''));
  const twiml = new VoiceResponse();
  twiml.gather({ input: ['speech'], action: `${base}/process` }).play(`${base}/audio/${clip}`);
  response.type('text/xml').send(twiml.toString());
});
const server = app.listen(0, '127.0.0.1', () => {
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  void voice.initialize().then(() => process.send?.({ url: base }));
});
server.keepAliveTimeout = 65_000;
process.once('disconnect', () => process.exit());
