import { readFileSync } from 'node:fs';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import { tonesFor } from '../../test/support/tones';
import { until, type StubState } from './model';
import { speechTime } from './profiles';

interface WireRequest {
  input: { text: string };
  audioConfig: { audioEncoding: string; sampleRateHertz: number };
}
interface WireAnswer {
  audioContent: Buffer;
}

/** A Google Text-to-Speech over gRPC, without TLS: tones, as long as a voice would speak. Resolves to its port. */
export function listenForSpeech(state: StubState): Promise<number> {
  const server = new Server();
  server.addService(speechService(), {
    synthesizeSpeech({ request }: ServerUnaryCall<WireRequest, WireAnswer>, callback: sendUnaryData<WireAnswer>) {
      const receivedAt = performance.now();
      void speak(state, request, receivedAt).then((audioContent) => callback(null, { audioContent }));
    },
    listVoices: (_call: unknown, callback: sendUnaryData<{ voices: [] }>) => callback(null, { voices: [] }),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

async function speak(state: StubState, request: WireRequest, receivedAt: number): Promise<Buffer> {
  const { text } = request.input;
  const { timing, draw } = state.timings.speech(text, receivedAt);
  const { audioEncoding: encoding, sampleRateHertz: rate } = request.audioConfig;
  const audio = tonesFor({ text, encoding, rate }) ?? Buffer.alloc(0);
  await until(receivedAt + speechTime(state.profile, text.length, `${state.seed} ${draw}`));
  timing.sentAt = performance.now();
  return audio;
}

function speechService(): ServiceDefinition {
  const protos = readFileSync(require.resolve('@google-cloud/text-to-speech/build/protos/protos.json'), 'utf8');
  const definition = fromJSON(JSON.parse(protos) as Parameters<typeof fromJSON>[0], { enums: String, defaults: true });
  return definition['google.cloud.texttospeech.v1.TextToSpeech'] as ServiceDefinition;
}
