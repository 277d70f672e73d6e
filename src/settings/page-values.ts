import type { Changed, Changes } from './changes';
import { googleAccessSchema, readGoogleEntry, type GoogleAccess, type GoogleEntry } from './google-access';
import { readPublicAddress } from './public-address';
import type { SmallValues } from './small-values';
import { sourced, type Read, type Refused, type Source, type Sourced } from './sourced';
import type { Vault } from './vault';

const GROQ = 'groq';
const GOOGLE = 'google';
const PUBLIC_ADDRESS = 'publicBaseUrl';

/** What the environment says of the keys and the address. */
export interface ValuesEnvironment {
  GROQ_API_KEY?: string | undefined;
  GOOGLE_APPLICATION_CREDENTIALS?: string | undefined;
  GOOGLE_API_KEY?: string | undefined;
  GOOGLE_CLOUD_PROJECT?: string | undefined;
  PUBLIC_BASE_URL?: string | undefined;
}

/** How Google is to know us, and where that comes from; a key file only comes from the environment. */
export type GoogleInUse = (GoogleAccess | { keyFilename: string; projectId?: string }) & { source: Source };

/** It was kept, or why it was not; then nothing has changed. */
export type Saved = { ok: true } | Refused;

/** The keys and the address that the page can set. Each `forget` brings back the environment's value. */
export interface PageValues {
  groqKey(): Sourced<string> | undefined;
  saveGroqKey(text: string): Promise<Saved>;
  forgetGroqKey(): Promise<void>;
  google(): GoogleInUse | undefined;
  saveGoogle(entry: GoogleEntry): Promise<Saved>;
  forgetGoogle(): Promise<void>;
  /** The address under which Twilio reaches Frontdesk, without a slash at its end. */
  publicBaseUrl(): Sourced<string> | undefined;
  savePublicBaseUrl(text: string): Promise<Saved>;
  forgetPublicBaseUrl(): Promise<void>;
}

/** What the values need. */
export interface PageValuesOptions {
  vault: Vault;
  small: SmallValues;
  environment: ValuesEnvironment;
  changes: Changes;
}

/** The keys are kept in the vault, the address among the small values. */
export function createPageValues({ vault, small, environment, changes }: PageValuesOptions): PageValues {
  const keep = (changed: Changed, write: () => Promise<void>) =>
    changes.inTurn(async () => {
      await write();
      changes.tell(changed);
    });
  const keepRead = async <Value>(read: Read<Value>, store: (value: Value) => Promise<void>): Promise<Saved> => {
    if (!read.ok) return read;
    await store(read.value);
    return { ok: true };
  };
  const keepSecret = (name: 'groq' | 'google', value: unknown) => keep(name, () => vault.write({ [name]: value }));
  const keepAddress = (value: unknown) => keep('publicBaseUrl', () => small.set(PUBLIC_ADDRESS, value));
  const fromEnvironment = googleIn(environment);
  return {
    groqKey: () => sourced(textOr(vault.get(GROQ)), environment.GROQ_API_KEY),
    saveGroqKey: (text) => keepRead(readGroqKey(text), (key) => keepSecret(GROQ, key)),
    forgetGroqKey: () => keepSecret(GROQ, undefined),
    google() {
      const page = googleAccessSchema.safeParse(vault.get(GOOGLE)).data;
      return page ? { ...page, source: 'page' } : fromEnvironment;
    },
    saveGoogle: (entry) => keepRead(readGoogleEntry(entry), (access) => keepSecret(GOOGLE, access)),
    forgetGoogle: () => keepSecret(GOOGLE, undefined),
    publicBaseUrl: () => sourced(textOr(small.get(PUBLIC_ADDRESS)), environment.PUBLIC_BASE_URL),
    savePublicBaseUrl: (text) => keepRead(readPublicAddress(text), keepAddress),
    forgetPublicBaseUrl: () => keepAddress(undefined),
  };
}

const textOr = (value: unknown) => (typeof value === 'string' ? value : undefined);

function readGroqKey(text: string): Read<string> {
  const key = text.trim();
  if (/^\S+$/.test(key)) return { ok: true, value: key };
  return { ok: false, error: 'A key is one word, without spaces.', remedy: 'Copy it from console.groq.com/keys.' };
}

/** As it was before there was a page: the key goes before the file. */
function googleIn(environment: ValuesEnvironment): GoogleInUse | undefined {
  const { GOOGLE_API_KEY: apiKey, GOOGLE_APPLICATION_CREDENTIALS: keyFilename } = environment;
  const project = environment.GOOGLE_CLOUD_PROJECT ? { projectId: environment.GOOGLE_CLOUD_PROJECT } : {};
  if (apiKey) return { apiKey, ...project, source: 'environment' };
  return keyFilename ? { keyFilename, ...project, source: 'environment' } : undefined;
}
