import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { TextToSpeechClient } from '@google-cloud/text-to-speech';
import type { Client } from '@grpc/grpc-js';
import { credentialsFailure } from './google-failure';

/**
 * How Google is to know us: a service account's key file, or an API key with its project, or neither for the
 * machine's default credentials. `endpoint` ("host:port") is another server without TLS that asks for no credentials.
 */
export interface GoogleAccess {
  keyFilename?: string | undefined;
  /** What a service account signs in with, where it does not come from a file. */
  credentials?: { client_email: string; private_key: string } | undefined;
  apiKey?: string | undefined;
  projectId?: string | undefined;
  endpoint?: string | undefined;
}

type ClientOptions = NonNullable<ConstructorParameters<typeof TextToSpeechClient>[0]>;

/**
 * A client whose credentials are loaded. The package takes a third of a second to load, so it is imported here.
 * Throws UpstreamError `unauthorised` when the credentials cannot be loaded.
 */
export async function connect(access: GoogleAccess): Promise<TextToSpeechClient> {
  const { TextToSpeechClient } = await import('@google-cloud/text-to-speech');
  try {
    const client = new TextToSpeechClient(await clientOptions(access));
    // A client whose first request also loads the credentials throws where nobody can catch it when that fails.
    await client.initialize();
    return client;
  } catch (error) {
    throw credentialsFailure(error);
  }
}

/** Opens the connection, which otherwise the first request does. Rejects when there is none after `timeoutMs`. */
export async function openConnection(client: TextToSpeechClient, timeoutMs: number): Promise<void> {
  const stub = (await client.initialize()) as unknown as Client;
  await promisify(stub.waitForReady.bind(stub))(Date.now() + timeoutMs);
}

async function clientOptions({
  endpoint,
  keyFilename,
  credentials,
  apiKey,
  projectId,
}: GoogleAccess): Promise<ClientOptions> {
  if (endpoint !== undefined) return plaintext(endpoint);
  const project = projectId === undefined ? {} : { projectId };
  if (apiKey !== undefined) return { ...project, apiKey };
  if (credentials !== undefined) return { ...project, credentials };
  if (keyFilename === undefined) return project;
  await checkKeyFile(keyFilename);
  return { ...project, keyFilename };
}

/** The client would notice a broken key only at its first request, and a parser's message would quote the key. */
async function checkKeyFile(file: string): Promise<void> {
  const json = await readFile(file, 'utf8');
  try {
    JSON.parse(json);
  } catch {
    throw new Error(`${file} is not JSON`);
  }
}

async function plaintext(endpoint: string): Promise<ClientOptions> {
  const { credentials } = await import('@grpc/grpc-js');
  const { PassThroughClient } = await import('google-auth-library');
  const { hostname, port } = new URL(`http://${endpoint}`);
  return {
    apiEndpoint: hostname,
    port: Number(port),
    sslCreds: credentials.createInsecure(),
    authClient: new PassThroughClient(), // otherwise the machine's metadata server is asked for an identity
  };
}
