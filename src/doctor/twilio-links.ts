import type { Link } from './diagnosis';

interface Refused {
  ok: false;
  field?: string | null;
  code: string;
  error: string;
  remedy: string;
}

/** What Twilio says, asked with the credentials in use. */
export interface TwilioAnswers {
  credentials: () => Promise<{ ok: true; warnings: readonly string[] } | Refused>;
  number: () => Promise<{ ok: true; settings: readonly Setting[]; boundTo?: { explanation: string } } | Refused>;
  fallback: () => Promise<{ ok: true; way: string; url?: string; runtime?: string } | Refused>;
  account: () => Promise<
    { ok: true; trial: boolean; limits: readonly string[]; balance?: { amount: string; currency: string } } | Refused
  >;
  /** The address of a TwiML Bin that the owner entered, which Twilio does not list. */
  bin: string | undefined;
}

interface Setting {
  name: string;
  today: string;
  wanted: string;
  asWanted: boolean;
}

const NAMES = [
  'Twilio credentials',
  'Number',
  'Webhook addresses',
  'Answer outside Frontdesk',
  'Twilio account',
] as const;
const OLDEST_NODE = 20;
const LEAST_BALANCE = 1;

/** Five links, from the credentials to the account; undefined answers where there are no credentials. */
export async function twilioLinks(twilio: TwilioAnswers | undefined): Promise<Link[]> {
  if (!twilio) return NAMES.map((name) => notYet(name));
  const checked = await twilio.credentials();
  const numberIsWrong = !checked.ok && (checked.field === 'phone_number' || checked.code.startsWith('number'));
  if (!checked.ok && !numberIsWrong) {
    const away = checked.code.startsWith('twilio_');
    const because = (name: string) =>
      unknown(name, away ? 'Twilio did not answer' : 'the Twilio credentials are not right');
    if (away) return [unknown(NAMES[0], checked.error), ...NAMES.slice(1).map(because)];
    return [wrong(NAMES[0], checked, '/credentials'), ...NAMES.slice(1).map(because)];
  }
  const [number, fallback, account] = await Promise.all([twilio.number(), twilio.fallback(), twilio.account()]);
  return [
    works(NAMES[0], 'Twilio accepts them, and the account is active.'),
    checked.ok
      ? works(NAMES[1], checked.warnings.join(' ') || 'It is in the account and takes calls.')
      : wrong(NAMES[1], checked, '/credentials'),
    numberIsWrong ? unknown(NAMES[2], 'the number is not right') : webhookLink(number),
    numberIsWrong ? unknown(NAMES[3], 'the number is not right') : fallbackLink(fallback, number, twilio.bin),
    accountLink(account),
  ];
}

const isFallback = ({ name }: Setting) => name.startsWith('voice_fallback');

function webhookLink(number: Awaited<ReturnType<TwilioAnswers['number']>>): Link {
  const name = NAMES[2];
  if (!number.ok) return unknown(name, number.error);
  if (number.boundTo)
    return {
      name,
      state: 'wrong',
      detail: number.boundTo.explanation,
      remedy: 'Set it to “Webhook” in the Twilio Console.',
      href: '/number',
    };
  const off = number.settings.filter((setting) => !setting.asWanted && !isFallback(setting));
  if (off.length === 0) return works(name, 'All as they should be, with limits on how long Twilio waits.');
  const detail = off
    .map((setting) => `${setting.name} is ${setting.today || 'nothing'}, should be ${setting.wanted}`)
    .join('; ');
  return {
    name,
    state: 'wrong',
    detail,
    remedy: 'Point the number here, with one click on its page.',
    href: '/number',
  };
}

function fallbackLink(
  fallback: Awaited<ReturnType<TwilioAnswers['fallback']>>,
  number: Awaited<ReturnType<TwilioAnswers['number']>>,
  bin: string | undefined,
): Link {
  const name = NAMES[3];
  const mend = { remedy: 'Point the number here again, with one click on its page.', href: '/number' };
  if (!fallback.ok) return unknown(name, fallback.error);
  const url = fallback.way === 'none' ? bin : fallback.url;
  if (url === undefined) return { name, state: 'missing', detail: 'Nobody answers while Frontdesk is down.', ...mend };
  const set = number.ok ? number.settings.find((setting) => setting.name === 'voice_fallback_url')?.today : undefined;
  const method = number.ok ? number.settings.find((setting) => setting.name === 'voice_fallback_method') : undefined;
  if (method && !method.asWanted) {
    return { name, state: 'wrong', detail: `The number asks it by ${method.today}, not by ${method.wanted}.`, ...mend };
  }
  if (set !== undefined && set !== url) {
    return { name, state: 'wrong', detail: `It is there, but the number's fallback is ${set || 'nothing'}.`, ...mend };
  }
  const version = Number(/\d+/.exec(fallback.runtime ?? '')?.[0] ?? OLDEST_NODE);
  if (version < OLDEST_NODE) {
    return {
      name,
      state: 'wrong',
      detail: `Its runtime ${fallback.runtime ?? ''} is too old; Twilio will end it.`,
      ...mend,
    };
  }
  return works(
    name,
    `It takes messages while Frontdesk is down (${fallback.runtime ?? (fallback.way === 'none' ? 'TwiML Bin' : fallback.way)}).`,
  );
}

function accountLink(account: Awaited<ReturnType<TwilioAnswers['account']>>): Link {
  const name = NAMES[4];
  if (!account.ok) return unknown(name, account.error);
  const { balance, limits, trial } = account;
  const detail = [
    trial ? 'A trial account.' : 'A full account.',
    ...(balance ? [`Balance ${balance.amount} ${balance.currency}.`] : []),
    ...limits,
  ].join(' ');
  if (balance && Number(balance.amount) < LEAST_BALANCE) {
    return {
      name,
      state: 'wrong',
      detail,
      remedy: 'Add funds in the Twilio Console before Twilio suspends the account.',
    };
  }
  return works(name, detail);
}

const works = (name: string, detail: string): Link => ({ name, state: 'works', detail });
const unknown = (name: string, because: string): Link => ({
  name,
  state: 'unknown',
  detail: `Not examined: ${because}.`.replace(/\.\.$/, '.'),
});
const wrong = (name: string, { error, remedy }: Refused, href: string): Link => ({
  name,
  state: 'wrong',
  detail: error,
  remedy,
  href,
});
const notYet = (name: string): Link => ({
  name,
  state: 'missing',
  detail: 'There are no Twilio credentials, or there is no public address.',
  remedy: 'Enter both.',
  href: '/credentials',
});
