import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { tonesFor } from './tones';

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

interface VoiceList {
  voices: { name: string; languageCodes: string[] }[];
}

const EXAMPLES = ['en-GB-Neural2-A', 'en-US-Neural2-F', 'en-US-Standard-C'];
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
    listVoices({ request }: ServerUnaryCall<{ languageCode: string }, VoiceList>, callback: sendUnaryData<VoiceList>) {
      const names = stub.voices?.names ?? EXAMPLES;
      const fitting = names.filter((name) => name.startsWith(request.languageCode));
      callback(null, { voices: fitting.map((name) => ({ name, languageCodes: [name.slice(0, 5)] })) });
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

function audioFor(request: GoogleTtsRequest): Buffer {
  const audio = tonesFor(request);
  if (!audio) throw new Failure(status.INVALID_ARGUMENT, `This stub has no ${request.encoding}.`);
  return audio;
}
