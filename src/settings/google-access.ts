import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import type { Read } from './sourced';

/**
 * A service account, in the fields of its key file that are needed to sign in. The others are left out: some of them
 * are addresses that a client would call.
 */
const serviceAccountSchema = z.object({
  type: z.literal('service_account'),
  project_id: z.string().min(1),
  private_key_id: z.string().optional(),
  private_key: z.string().refine(isPrivateKey),
  client_email: z.string().includes('@'),
});

const apiKeySchema = z.string().regex(/^\S+$/);

/** How Google is to know us, as it is kept. */
export const googleAccessSchema = z.union([
  z.strictObject({ serviceAccount: serviceAccountSchema }),
  z.strictObject({ apiKey: apiKeySchema, projectId: z.string().min(1).optional() }),
]);

/** How Google is to know us: an API key and perhaps its project, or a service account. */
export type GoogleAccess = z.infer<typeof googleAccessSchema>;

/** What a person enters: an API key and perhaps its project, or the text of a service account's key file. */
export type GoogleEntry = { apiKey: string; projectId?: string | undefined } | { serviceAccountJson: string };

/** Reads what a person entered. */
export function readGoogleEntry(entry: GoogleEntry): Read<GoogleAccess> {
  return 'apiKey' in entry ? readApiKey(entry) : readServiceAccount(entry.serviceAccountJson);
}

function readApiKey(entry: { apiKey: string; projectId?: string | undefined }): Read<GoogleAccess> {
  const apiKey = entry.apiKey.trim();
  const projectId = entry.projectId?.trim();
  if (apiKeySchema.safeParse(apiKey).success) {
    return { ok: true, value: { apiKey, ...(projectId ? { projectId } : {}) } };
  }
  return {
    ok: false,
    error: 'A key is one word, without spaces.',
    remedy: 'Copy the key from the Google Cloud console, under APIs & Services, Credentials.',
  };
}

function readServiceAccount(text: string): Read<GoogleAccess> {
  const parsed = serviceAccountSchema.safeParse(parseJson(text));
  if (parsed.success) return { ok: true, value: { serviceAccount: parsed.data } };
  const fields = parsed.error.issues.map((issue) => String(issue.path[0] ?? 'the text as a whole'));
  return {
    ok: false,
    error: `This is not the key file of a service account; not as it should be: ${[...new Set(fields)].join(', ')}.`,
    remedy: "In the Google Cloud console make a JSON key for the service account, and paste the file's whole text.",
  };
}

/** The parser's own message would quote the key. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPrivateKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false;
  }
}
