import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';

/** What the stub was asked. `at` is in ms since 1970. */
interface GoogleTtsRequest {
  text: string;
  voice: string;
  language: string;
  encoding: string;
  rate: number;
  at: number;
}

/** How the stub answers: with tones, never, with nothing, with bytes that are no audio, with a gRPC status, with these bytes, spoken. */
type GoogleTtsBehaviour =
  | 'speak'
  | 'hang'
  | 'empty'
  | 'garbage'
  | { fail: status; message?: string }
  | { audio: Buffer }
  | { spoken: (text: string) => Promise<Buffer> };

/** A Google Text-to-Speech of our own: a real gRPC server on loopback, without TLS. */
export interface GoogleTtsStub {
  /** "127.0.0.1:port", as `createGoogleVoice({ endpoint })` takes it. */
  readonly endpoint: string;
  /** Every request received, in order, refused ones too. */
  readonly requests: GoogleTtsRequest[];
  /** How long an answer takes. Both 0 at first. */
  delay: { baseMs: number; perCharMs: number };
  /** The voices there are; undefined means every name will do. `refuse` is the status an unknown one gets. */
  voices: { names: string[]; refuse: status.NOT_FOUND | status.INVALID_ARGUMENT } | undefined;
  /** How requests are answered from now on, when neither `next` nor `forText` says otherwise. */
  behave(behaviour: GoogleTtsBehaviour): void;
  /** How the next `times` requests are answered. Several calls queue up. */
  next(behaviour: GoogleTtsBehaviour, times?: number): void;
  /** How a text is answered: the whole text, or a pattern. The latest match wins, and wins over `next`. */
  forText(text: string | RegExp, behaviour: GoogleTtsBehaviour): void;
  /** Forgets requests, behaviours, delay and voices. */
  reset(): void;
  close(): Promise<void>;
}

interface WireRequest {
  input: { text: string };
  voice: { name: string; languageCode: string };
  audioConfig: { audioEncoding: string; sampleRateHertz: number };
}
interface WireAnswer {
  audioContent: Buffer;
}

const MS_PER_CHAR = 65;
const MOST_BYTES = 5000;
const TOO_LONG = 'Either `input.text` or `input.ssml` is longer than the limit of 5000 bytes.';
const DEFAULT_RATE = 24_000;

function speechService(): ServiceDefinition {
  const protos = readFileSync(require.resolve('@google-cloud/text-to-speech/build/protos/protos.json'), 'utf8');
  const definition = fromJSON(JSON.parse(protos) as Parameters<typeof fromJSON>[0], { enums: String, defaults: true });
  return definition['google.cloud.texttospeech.v1.TextToSpeech'] as ServiceDefinition;
}

/** Starts the stub. Close it, or the test never ends. */
export async function startGoogleTtsStub(): Promise<GoogleTtsStub> {
  const script = createScript();
  const stub = {
    requests: [] as GoogleTtsRequest[],
    delay: { baseMs: 0, perCharMs: 0 },
    voices: undefined as GoogleTtsStub['voices'],
  };

  async function answer(request: GoogleTtsRequest): Promise<WireAnswer> {
    const behaviour = script.behaviourFor(request.text);
    await wait(stub.delay.baseMs + stub.delay.perCharMs * request.text.length);
    refuseBadRequest(request, stub.voices);
    return { audioContent: await behave(behaviour, request) };
  }

  const server = new Server();
  server.addService(speechService(), {
    synthesizeSpeech(call: ServerUnaryCall<WireRequest, WireAnswer>, callback: sendUnaryData<WireAnswer>) {
      const request = received(call.request);
      stub.requests.push(request);
      answer(request).then(
        (value) => callback(null, value),
        (error: unknown) => callback(error as Failure),
      );
    },
  });
  const port = await listen(server);
  return Object.assign(stub, script, {
    endpoint: `127.0.0.1:${port}`,
    reset() {
      stub.requests.length = 0;
      Object.assign(stub, { delay: { baseMs: 0, perCharMs: 0 }, voices: undefined });
      script.clear();
    },
    close() {
      server.forceShutdown();
      return Promise.resolve();
    },
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

function received({ input, voice, audioConfig }: WireRequest): GoogleTtsRequest {
  return {
    text: input.text,
    voice: voice.name,
    language: voice.languageCode,
    encoding: audioConfig.audioEncoding,
    rate: audioConfig.sampleRateHertz || DEFAULT_RATE,
    at: Date.now(),
  };
}

function createScript() {
  let usual: GoogleTtsBehaviour = 'speak';
  const queue: GoogleTtsBehaviour[] = [];
  const byText: { text: string | RegExp; behaviour: GoogleTtsBehaviour }[] = [];
  const matches = (pattern: string | RegExp, text: string) =>
    typeof pattern === 'string' ? pattern === text : text.search(pattern) >= 0;
  return {
    behave: (behaviour: GoogleTtsBehaviour) => void (usual = behaviour),
    next: (behaviour: GoogleTtsBehaviour, times = 1) =>
      void queue.push(...Array<typeof behaviour>(times).fill(behaviour)),
    forText: (text: string | RegExp, behaviour: GoogleTtsBehaviour) => void byText.unshift({ text, behaviour }),
    behaviourFor: (text: string) =>
      byText.find((rule) => matches(rule.text, text))?.behaviour ?? queue.shift() ?? usual,
    clear() {
      usual = 'speak';
      queue.length = 0;
      byText.length = 0;
    },
  };
}

/** A gRPC status to answer with. */
class Failure extends Error {
  constructor(
    readonly code: status,
    readonly details: string,
  ) {
    super(details);
  }
}

function refuseBadRequest(request: GoogleTtsRequest, voices: GoogleTtsStub['voices']): void {
  const bytes = Buffer.byteLength(request.text);
  if (bytes === 0) throw new Failure(status.INVALID_ARGUMENT, 'Input is empty.');
  if (bytes > MOST_BYTES) throw new Failure(status.INVALID_ARGUMENT, TOO_LONG);
  if (voices && !voices.names.includes(request.voice)) {
    throw new Failure(voices.refuse, `Voice '${request.voice}' does not exist. Is it misspelled?`);
  }
}

async function behave(behaviour: GoogleTtsBehaviour, request: GoogleTtsRequest): Promise<Buffer> {
  if (behaviour === 'hang') return new Promise(() => undefined);
  if (behaviour === 'empty') return Buffer.alloc(0);
  if (behaviour === 'garbage') return Buffer.from('<html>Service Temporarily Unhappy</html>');
  if (behaviour === 'speak') return audioFor(request);
  if ('audio' in behaviour) return behaviour.audio;
  if ('spoken' in behaviour) return behaviour.spoken(request.text);
  throw new Failure(behaviour.fail, behaviour.message ?? `stubbed ${status[behaviour.fail]}`);
}

/** One period of a sine, 1,024 samples long and already encoded: an answer must cost little in a bench. */
function codec(tag: number, bytes: number, encode: (sample: number) => number) {
  const period = Array.from({ length: 1024 }, (_, at) => encode(Math.round(8000 * Math.sin((at * Math.PI) / 512))));
  return { tag, bytes, period };
}
type Codec = ReturnType<typeof codec>;

const LINEAR = codec(1, 2, (sample) => sample);
const CODECS: Record<string, Codec> = {
  LINEAR16: LINEAR,
  PCM: LINEAR,
  ALAW: codec(6, 1, alaw),
  MULAW: codec(7, 1, mulaw),
};

function audioFor({ text, encoding, rate }: GoogleTtsRequest): Buffer {
  const codec = CODECS[encoding];
  if (!codec) throw new Failure(status.INVALID_ARGUMENT, `This stub has no ${encoding}.`);
  const samples = Buffer.alloc(Math.round((text.length * MS_PER_CHAR * rate) / 1000) * codec.bytes);
  tones(samples, codec, { text, rate });
  return encoding === 'PCM' ? samples : Buffer.concat([wavHeader(codec, rate, samples.length), samples]);
}

/** One short tone a character, between 300 and 1,300 Hz, in an order only this text has. */
function tones(samples: Buffer, codec: Codec, { text, rate }: { text: string; rate: number }): void {
  const order = createHash('sha256').update(text).digest();
  const samplesPerChar = (rate * MS_PER_CHAR) / 1000;
  let at = 0;
  let phase = 0;
  for (let character = 1; character <= text.length; character++) {
    const step = (1024 * (300 + (order[character % order.length] ?? 0) * 4)) / rate;
    for (; at < samplesPerChar * character && (at + 1) * codec.bytes <= samples.length; at++) {
      phase = (phase + step) % 1024;
      const sample = codec.period[phase | 0] ?? 0;
      if (codec.bytes === 2) samples.writeInt16LE(sample, at * 2);
      else samples[at] = sample;
    }
  }
}

function wavHeader({ tag, bytes }: Codec, rate: number, dataBytes: number): Buffer {
  const header = Buffer.from('RIFF....WAVEfmt ....................data....', 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * bytes, 28);
  header.writeUInt16LE(bytes, 32);
  header.writeUInt16LE(bytes * 8, 34);
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

/** ITU-T G.711, mu-law: sign, three bits of exponent, four of mantissa, all inverted. */
function mulaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 132;
  const exponent = Math.floor(Math.log2(magnitude)) - 7;
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** ITU-T G.711, A-law: as mu-law, with a linear lowest step and every second bit inverted. */
function alaw(sample: number): number {
  const sign = sample < 0 ? 0 : 0x80;
  const magnitude = Math.min(Math.abs(sample), 32_767);
  const exponent = magnitude < 256 ? 0 : Math.floor(Math.log2(magnitude)) - 7;
  const mantissa = (magnitude >> Math.max(exponent + 3, 4)) & 0x0f;
  return (sign | (exponent << 4) | mantissa) ^ 0x55;
}
