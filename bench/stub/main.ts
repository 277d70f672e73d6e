import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { modelServer, type StubState } from './model';
import { PROFILES } from './profiles';
import { listenForSpeech } from './speech';
import { createTimings } from './timings';

/** The stubs' addresses, as this process tells them in its first message. */
export interface StubAddresses {
  groq: string;
  google: string;
  control: string;
}

const [seed = '1'] = process.argv.slice(2);
const state: StubState = { profile: profileNamed('typical'), seed, timings: createTimings(), modelRequests: 0 };

function profileNamed(name: string) {
  const profile = PROFILES[name];
  if (!profile) throw new Error(`There is no profile ${name}; there are ${Object.keys(PROFILES).join(', ')}.`);
  return profile;
}

/** GET /timings?turn=KEY tells what was done for a turn, PUT /profile?name=NAME sets how fast the upstreams are. */
const control = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
  response.setHeader('content-type', 'application/json');
  if (pathname === '/timings') response.end(JSON.stringify(state.timings.of(searchParams.get('turn') ?? '') ?? null));
  else if (pathname === '/requests') response.end(JSON.stringify(state.modelRequests));
  else if (pathname === '/profile') {
    state.profile = profileNamed(searchParams.get('name') ?? '');
    response.end('{}');
  } else response.writeHead(404).end('{}');
});

async function listen(server: Server): Promise<string> {
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function main(): Promise<void> {
  const google = `127.0.0.1:${await listenForSpeech(state)}`;
  const addresses: StubAddresses = { groq: await listen(modelServer(state)), google, control: await listen(control) };
  process.send?.(addresses);
}

process.once('disconnect', () => process.exit());
void main();
