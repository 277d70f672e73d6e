import { Router, type Request } from 'express';
import type { Log } from '../../common/log';
import { entered } from '../answers';
import { maskedTwilio, withoutEntered } from '../masked';
import type { ConsoleSettings, CredentialChecks, TwilioCredentials } from '../ports';
import type { Verdict, Verdicts } from '../verdicts';

const PATH = '/api/twilio/credentials';
const PAGE = '/credentials';

/** What checking and keeping credentials needs. */
export interface CredentialOptions {
  settings: ConsoleSettings;
  checks: CredentialChecks;
  verdicts: Verdicts;
  /** Takes away what was made at Twilio with these credentials; gives what is left there, as sentences. */
  cleanUp: () => Promise<readonly string[]>;
  log: Log;
}

/** Nobody would tell the owner otherwise: without the credentials no signature can be checked. */
const STILL_POINTED =
  'If the number still sends its calls here, callers now hear an error. In the Twilio Console, under Phone Numbers, point it elsewhere, or enter the credentials again.';

/** GET, POST and DELETE of the Twilio credentials; for scripts, and for the form of the credentials page. */
export function twilioCredentialRoutes({ settings, checks, verdicts, cleanUp, log }: CredentialOptions): Router {
  const router = Router();
  router.get(PATH, (_request, response) => void response.json(maskedTwilio(settings)));
  router.post(PATH, async (request, response) => {
    const credentials = enteredCredentials(request);
    const verdict = missing(credentials) ?? (await checkedBy(checks, credentials));
    if (verdict.ok) await settings.saveTwilio(credentials);
    logVerdict(log, verdict);
    verdicts.answer(request, response, { verdict, page: PAGE, body: { ...maskedTwilio(settings) } });
  });
  const forget = async () => {
    const warnings = settings.twilio()?.source === 'page' ? [...(await cleanUp()), STILL_POINTED] : [];
    await settings.forgetTwilio();
    log.info('credentials_forgotten', { data: { of: 'twilio' } });
    return { ok: true, message: 'The Twilio credentials of this page are forgotten.', warnings } as const;
  };
  router.delete(PATH, async (request, response) => {
    const verdict = await forget();
    verdicts.answer(request, response, { verdict, page: PAGE, body: { ...maskedTwilio(settings) } });
  });
  router.post('/credentials/twilio/forget', async (request, response) => {
    verdicts.answer(request, response, { verdict: await forget(), page: PAGE });
  });
  return router;
}

/** The credentials of a form or JSON body, in either spelling. */
function enteredCredentials(request: Request): TwilioCredentials {
  const either = (snake: string, camel: string) => (entered(request, snake) || entered(request, camel)).trim();
  const apiKeySid = either('api_key_sid', 'apiKeySid');
  const apiKeySecret = either('api_key_secret', 'apiKeySecret');
  return {
    accountSid: either('account_sid', 'accountSid'),
    authToken: either('auth_token', 'authToken'),
    phoneNumber: either('phone_number', 'phoneNumber'),
    ...(apiKeySid ? { apiKeySid } : {}),
    ...(apiKeySecret ? { apiKeySecret } : {}),
  };
}

function missing({ accountSid, authToken, phoneNumber }: TwilioCredentials): Verdict | undefined {
  const fields = [
    ['account_sid', 'account SID', accountSid],
    ['auth_token', 'auth token', authToken],
    ['phone_number', 'phone number', phoneNumber],
  ] as const;
  const first = fields.find(([, , value]) => value === '');
  return (
    first && {
      ok: false,
      status: 400,
      field: first[0],
      code: 'missing',
      error: `The ${first[1]} is missing.`,
      remedy: 'Copy the account SID, the auth token and the number from console.twilio.com.',
    }
  );
}

const ON_TRIAL = 'This is a trial account. The number page says what it cannot do.';

async function checkedBy(checks: CredentialChecks, credentials: TwilioCredentials): Promise<Verdict> {
  const verdict = await checks.checkCredentials(credentials);
  const { phoneNumber, ...hidden } = credentials;
  const masked = (text: string) => withoutEntered(text, Object.values<string | undefined>(hidden));
  if (!verdict.ok) return { ...verdict, error: masked(verdict.error), remedy: masked(verdict.remedy) };
  const message = `Twilio accepts these credentials, and ${phoneNumber} is yours.`;
  const warnings = [...(verdict.trial ? [ON_TRIAL] : []), ...verdict.warnings.map(masked)];
  return { ok: true, message, warnings };
}

function logVerdict(log: Log, verdict: Verdict): void {
  if (verdict.ok) return log.info('credentials_saved', { data: { of: 'twilio' } });
  const { status, code, field } = verdict;
  log.warn('credentials_refused', { data: { of: 'twilio', status, code, field: field ?? null } });
}
