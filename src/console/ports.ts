/** Where a value comes from. What was entered on the page goes before the environment. */
export type Source = 'page' | 'environment';

/** What Twilio knows the owner by. `phoneNumber` in E.164 form. */
export interface TwilioCredentials {
  accountSid: string;
  authToken: string;
  phoneNumber: string;
  apiKeySid?: string | undefined;
  apiKeySecret?: string | undefined;
}

/** What a person enters for Google: an API key and perhaps its project, or the text of a service account's key file. */
export type GoogleEntry = { apiKey: string; projectId?: string | undefined } | { serviceAccountJson: string };

/** It was kept, or why not, in the owner's words. */
export type Saved = { ok: true } | { ok: false; error: string; remedy: string };

/** Everything that can be set on the credentials page. A `forget` brings back the environment's value. */
export interface ConsoleSettings {
  twilio(): (TwilioCredentials & { source: Source }) | undefined;
  saveTwilio(credentials: TwilioCredentials): Promise<void>;
  forgetTwilio(): Promise<void>;
  groqKey(): { value: string; source: Source } | undefined;
  saveGroqKey(key: string): Promise<Saved>;
  forgetGroqKey(): Promise<void>;
  google(): { source: Source; apiKey?: string; serviceAccount?: unknown; keyFilename?: string } | undefined;
  saveGoogle(entry: GoogleEntry): Promise<Saved>;
  forgetGoogle(): Promise<void>;
  publicBaseUrl(): { value: string; source: Source } | undefined;
  savePublicBaseUrl(address: string): Promise<Saved>;
  forgetPublicBaseUrl(): Promise<void>;
}

/** What Twilio said of credentials. `status` is the HTTP status of the answer that tells of it. */
export type TwilioVerdict =
  | { ok: true; trial?: boolean; warnings: readonly string[] }
  | { ok: false; status: number; field?: string | null; code: string; error: string; remedy: string };

/** What a service said of a key. */
export interface KeyVerdict {
  ok: boolean;
  message: string;
  remedy?: string | undefined;
}

/** True calls to the services outside, before anything is stored. None of them rejects. */
export interface CredentialChecks {
  checkCredentials(credentials: TwilioCredentials): Promise<TwilioVerdict>;
  checkGroqKey(key: string): Promise<KeyVerdict>;
  checkGoogleKey(entry: GoogleEntry): Promise<KeyVerdict>;
  /** A sentence when the address does not lead here as far as this machine can see; it may still do so from outside. */
  checkPublicAddress(address: string): Promise<string | undefined>;
}

/** One line of the checklist: whether it works, what there is to say, and the page where it is seen to. */
export interface ChecklistItem {
  title: string;
  state: 'works' | 'missing' | 'wrong';
  detail: string;
  href: string;
}
