import { Router, type Request } from 'express';
import { entered } from '../answers';
import { withoutEntered } from '../masked';
import type { GoogleEntry, KeyVerdict, Saved } from '../ports';
import type { Verdict } from '../verdicts';
import type { CredentialOptions } from './twilio-credentials';

const PAGE = '/credentials';

/** One form of the credentials page: its name in addresses, and what its two buttons do. */
interface KeyForm {
  name: 'groq' | 'google' | 'public-address';
  save(request: Request): Promise<Verdict>;
  forget(): Promise<void>;
}

/** The forms for the public address and the keys of Groq and Google: each is checked for true before it is kept. */
export function keyCredentialRoutes(options: CredentialOptions): Router {
  const { settings, verdicts, log } = options;
  const router = Router();
  const forms: KeyForm[] = [
    { name: 'groq', save: saveGroq(options), forget: settings.forgetGroqKey },
    { name: 'google', save: saveGoogle(options), forget: settings.forgetGoogle },
    { name: 'public-address', save: savePublicAddress(options), forget: settings.forgetPublicBaseUrl },
  ];
  for (const { name, save, forget } of forms) {
    router.post(`/credentials/${name}`, async (request, response) => {
      const verdict = await save(request);
      log.info('credentials_entered', { data: { of: name, kept: verdict.ok } });
      verdicts.answer(request, response, { verdict, page: PAGE });
    });
    router.post(`/credentials/${name}/forget`, async (request, response) => {
      await forget();
      log.info('credentials_forgotten', { data: { of: name } });
      verdicts.answer(request, response, {
        verdict: { ok: true, message: 'What this page had is forgotten.' },
        page: PAGE,
      });
    });
  }
  return router;
}

const saveGroq =
  ({ settings, checks }: CredentialOptions) =>
  async (request: Request): Promise<Verdict> => {
    const key = entered(request, 'groq_key').trim();
    if (key === '') return refused('groq_key', 'The key is missing.', 'Copy it from console.groq.com/keys.');
    const verdict = await checks.checkGroqKey(key);
    const outcome = { verdict, secrets: [key], field: 'groq_key' };
    return finish(outcome, () => settings.saveGroqKey(key));
  };

const saveGoogle =
  ({ settings, checks }: CredentialOptions) =>
  async (request: Request): Promise<Verdict> => {
    const apiKey = entered(request, 'google_api_key').trim();
    const projectId = entered(request, 'google_project').trim();
    const serviceAccountJson = entered(request, 'google_service_account').trim();
    const field = serviceAccountJson === '' ? 'google_api_key' : 'google_service_account';
    if ((apiKey === '') === (serviceAccountJson === '')) {
      return refused(
        field,
        'Enter either an API key or a key file.',
        'Fill in one of the two, and leave the other empty.',
      );
    }
    const entry: GoogleEntry = serviceAccountJson
      ? { serviceAccountJson }
      : { apiKey, ...(projectId ? { projectId } : {}) };
    const verdict = await checks.checkGoogleKey(entry);
    const secrets = [apiKey, projectId, ...secretsIn(serviceAccountJson)];
    return finish({ verdict, secrets, field }, () => settings.saveGoogle(entry));
  };

const savePublicAddress =
  ({ settings, checks }: CredentialOptions) =>
  async (request: Request): Promise<Verdict> => {
    const saved = await settings.savePublicBaseUrl(entered(request, 'public_base_url').trim());
    if (!saved.ok) return refused('public_base_url', saved.error, saved.remedy);
    const doubt = await checks.checkPublicAddress(settings.publicBaseUrl()?.value ?? '');
    if (doubt === undefined) {
      return { ok: true, message: 'The public address is saved, and leads here. Point your number at it next.' };
    }
    const warnings = [
      doubt,
      'Some networks do not let a machine reach itself from outside: then call the number to see.',
    ];
    return { ok: true, message: 'The public address is saved.', warnings };
  };

interface Checked {
  verdict: KeyVerdict;
  secrets: readonly string[];
  field: string;
}

/** Keeps what was found good. A service's own words may quote what was entered; they are masked. */
async function finish({ verdict, secrets, field }: Checked, save: () => Promise<Saved>): Promise<Verdict> {
  const masked = (text: string) => withoutEntered(text, secrets);
  if (!verdict.ok) return refused(field, masked(verdict.message), masked(verdict.remedy ?? 'Try again.'));
  const saved = await save();
  if (!saved.ok) return refused(field, masked(saved.error), masked(saved.remedy));
  return { ok: true, message: masked(verdict.message) };
}

const refused = (field: string, error: string, remedy: string): Verdict => ({
  ok: false,
  status: 400,
  field,
  code: 'refused',
  error,
  remedy,
});

/** Every text in a key file, and the file as a whole. */
function secretsIn(text: string): string[] {
  const inQuotes = [...text.matchAll(/"((?:[^"\\]|\\.){8,})"/g)].map((match) => match[1] ?? '');
  return [text, ...inQuotes];
}
