import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { Link } from './diagnosis';

/** What is fetched through the public address, and what it must bring back. */
export interface PublicAddress {
  address: string;
  /** What only this installation can answer to a nonce. */
  proofOf: (nonce: string) => string;
  /** A clip of ours: the path it is served at, and its bytes. */
  clip: () => Promise<{ path: string; wav: Buffer }>;
  now: () => number;
}

const NAMES = ['Public address', 'Certificate', 'Our own audio', 'Clock'] as const;
const FETCH_MS = 6_000;
const FEW_DAYS = 14;
const DAY_MS = 24 * 3_600_000;
/** Signatures and certificates allow for some drift; beyond this, in ms, something else is wrong. */
const MOST_DRIFT_MS = 60_000;

/** Four links that are seen through the public address, from inside. */
export async function publicLinks(publicAddress: PublicAddress | undefined): Promise<Link[]> {
  if (!publicAddress) {
    return NAMES.slice(0, 3).map((name) => ({
      name,
      state: 'missing',
      detail: 'There is no public address, so Twilio cannot reach Frontdesk.',
      remedy: 'Enter the https address that leads here.',
      href: '/credentials',
    }));
  }
  const [reached, certificate] = await Promise.all([reach(publicAddress), certificateLink(publicAddress)]);
  const audio = reached.link.state === 'works' ? await audioLink(publicAddress) : unexamined(NAMES[2]);
  return [reached.link, certificate, audio, clockLink(reached.date, publicAddress.now())];
}

/** Whether an address leads to this very Frontdesk, seen from this machine, and the date that it answers with. */
export async function reach({
  address,
  proofOf,
}: Pick<PublicAddress, 'address' | 'proofOf'>): Promise<{ link: Link; date?: number }> {
  const name = NAMES[0];
  const nonce = randomBytes(16).toString('hex');
  const mend = { remedy: 'Correct the address, or the proxy or tunnel behind it.', href: '/credentials' };
  try {
    const answer = await get(`${address}/health?nonce=${nonce}`);
    const body = (await answer.json().catch(() => ({}))) as { proof?: unknown };
    const date = Date.parse(answer.headers.get('date') ?? '');
    const dated = Number.isNaN(date) ? {} : { date };
    if (body.proof !== proofOf(nonce)) {
      return {
        link: {
          name,
          state: 'wrong',
          detail: `${address} answers (${answer.status}), but it is not this Frontdesk.`,
          ...mend,
        },
        ...dated,
      };
    }
    const detail = `${address} leads here, seen from this machine. Twilio's last webhook is the proof from outside.`;
    return { link: { name, state: 'works', detail }, ...dated };
  } catch (error) {
    return {
      link: { name, state: 'wrong', detail: `${address} cannot be reached from here (${reasonOf(error)}).`, ...mend },
    };
  }
}

/** A clip that another process has just made may still be on its way to the disk that both read. */
const AUDIO_TRIES = 4;
const AUDIO_PAUSE_MS = 250;

async function audioLink({ address, clip }: PublicAddress): Promise<Link> {
  const name = NAMES[2];
  const { path, wav } = await clip();
  const remedy = 'Let the proxy pass /api/voice/audio/ on unchanged, without a login.';
  try {
    for (let tries = 1; ; tries += 1) {
      const answer = await get(address + path);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.status === 200 && bytes.equals(wav))
        return { name, state: 'works', detail: 'A clip came back as it is.' };
      const detail = `A clip came back changed (${answer.status}, ${bytes.length} bytes).`;
      if (tries === AUDIO_TRIES) return { name, state: 'wrong', detail, remedy };
      await wait(AUDIO_PAUSE_MS);
    }
  } catch (error) {
    return { name, state: 'wrong', detail: `A clip cannot be fetched (${reasonOf(error)}).`, remedy };
  }
}

async function certificateLink({ address, now }: PublicAddress): Promise<Link> {
  const name = NAMES[1];
  const url = new URL(address);
  if (url.protocol === 'http:') {
    return {
      name,
      state: 'missing',
      detail: 'The address is plain http: callers’ words travel unprotected.',
      remedy: 'Use https.',
      href: '/credentials',
    };
  }
  const until = await certificateEnd(url);
  if (until === undefined) return unexamined(name);
  const days = Math.floor((until - now()) / DAY_MS);
  const remedy = 'Renew it; most tools do so by themselves when they are let.';
  if (days < 0) return { name, state: 'wrong', detail: 'It has expired.', remedy };
  if (days < FEW_DAYS) return { name, state: 'wrong', detail: `It expires in ${days} days.`, remedy };
  return { name, state: 'works', detail: `It is good for ${days} more days.` };
}

/** When the certificate ends, in ms since 1970, whoever signed it. */
function certificateEnd({ hostname, port }: URL): Promise<number | undefined> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(port) || 443,
      servername: host,
      rejectUnauthorized: false,
      timeout: FETCH_MS,
    });
    const end = (until?: number) => {
      socket.destroy();
      resolve(until);
    };
    socket.once('secureConnect', () => end(Date.parse(socket.getPeerCertificate().valid_to) || undefined));
    socket.once('timeout', () => end()).once('error', () => end());
  });
}

function clockLink(date: number | undefined, now: number): Link {
  const name = NAMES[3];
  if (date === undefined) return unexamined(name);
  const drift = Math.abs(date - now);
  if (drift <= MOST_DRIFT_MS) return { name, state: 'works', detail: 'It agrees with the public address.' };
  const detail = `It differs from the public address by ${Math.round(drift / 1_000)} s.`;
  return { name, state: 'wrong', detail, remedy: 'Let this machine set its clock by NTP.' };
}

const unexamined = (name: string): Link => ({
  name,
  state: 'unknown',
  detail: 'Not examined: the public address does not answer.',
});

const get = (url: string) => fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(FETCH_MS) });

/** The system's code, like ECONNREFUSED or CERT_HAS_EXPIRED. */
function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: unknown } }).cause?.code;
  if (typeof cause === 'string') return cause;
  return error instanceof Error ? error.name : 'unknown';
}
