import { examine, type Diagnosis, type Link } from '../doctor/diagnosis';
import { diskLink, ffmpegLink } from '../doctor/machine-links';
import { publicLinks, type PublicAddress } from '../doctor/public-links';
import { twilioLinks, type TwilioAnswers } from '../doctor/twilio-links';
import { webhookLink } from '../doctor/webhook-link';
import { checkGroqKey, type KeyVerdict } from '../reply/groq-check';
import type { Settings } from '../settings/settings';
import { checkGoogleVoice } from '../speech/google-check';
import { quietWav } from '../speech/wav';
import type { Telephony } from '../telephony/telephony';
import { googleAccess } from './google-access';
import { fallbackIn, wantedAt } from './outside-fallback';
import { proofOf } from './own-keys';
import type { Mouth } from './speech';
import type { Surroundings } from './surroundings';
import { voiceOf } from './voices';
import type { WebhookWitness } from './webhook-witness';

/** A quiet clip that only the doctor asks for. */
const CLIP_MS = 777;

/** Examines every link of the chain. Never rejects. */
export type Diagnose = () => Promise<Diagnosis>;

/** What the doctor looks at. */
export interface DoctorOptions {
  settings: Settings;
  mouth: Mouth;
  telephony: Telephony;
  witness: WebhookWitness;
}

/** A doctor for this Frontdesk. */
export function createDoctor(surroundings: Surroundings, options: DoctorOptions): Diagnose {
  const { config, clock } = surroundings;
  const { settings, witness } = options;
  const address = () => settings.publicBaseUrl()?.value;
  return () =>
    examine(
      {
        Twilio: () => twilioLinks(twilioAnswers(options)),
        'Public address': () => publicLinks(publicAddress(surroundings, options)),
        webhooks: () => Promise.resolve(settings.twilio() ? webhookLink(witness.history(), address()) : []),
        Groq: () => groqLinks(surroundings, settings),
        Voice: () => voiceLink(surroundings, settings),
        Disk: () => diskLink([config.DATA_DIR, config.AUDIO_DIR, config.LOG_DIR]),
        ffmpeg: () => ffmpegLink(config.FFMPEG_PATH),
      },
      () => clock.now(),
    );
}

function twilioAnswers({ settings, telephony }: DoctorOptions): TwilioAnswers | undefined {
  const credentials = settings.twilio();
  const fallback = fallbackIn(settings);
  const wanted = wantedAt(settings.publicBaseUrl()?.value, fallback);
  if (!credentials || !wanted) return undefined;
  return {
    credentials: () => telephony.checkCredentials(credentials),
    number: () => telephony.numberState(credentials, wanted),
    fallback: () => telephony.fallbackState(credentials),
    account: () => telephony.accountFacts(credentials),
    bin: fallback?.way === 'twiml-bin' ? fallback.url : undefined,
  };
}

function publicAddress(surroundings: Surroundings, { settings, mouth }: DoctorOptions): PublicAddress | undefined {
  const address = settings.publicBaseUrl()?.value;
  if (address === undefined) return undefined;
  return {
    address,
    proofOf: (nonce) => proofOf(surroundings, nonce),
    now: () => surroundings.clock.now(),
    clip() {
      const wav = quietWav(CLIP_MS);
      const name = mouth.clips.nameOf({ kind: 'phrase', voice: { name: 'doctor', language: '' }, text: '' });
      mouth.clips.put(name, 'phrase', wav);
      return Promise.resolve({ path: `/api/voice/audio/${name}`, wav });
    },
  };
}

async function groqLinks({ config }: Surroundings, settings: Settings): Promise<Link[]> {
  const key = settings.groqKey();
  if (!key) {
    const detail = 'There is no key. The built-in answerer replies from the profile and takes messages.';
    return [{ name: 'Groq', state: 'missing', detail, href: '/credentials' }];
  }
  const names = [...new Set([config.GROQ_MODEL, config.GROQ_FALLBACK_MODEL])];
  return Promise.all(
    names.map(async (model) => {
      const verdict = await checkGroqKey({ apiKey: key.value, baseURL: config.GROQ_BASE_URL, model });
      return linkOf(`Groq, ${model}`, verdict);
    }),
  );
}

async function voiceLink({ config, clock, log }: Surroundings, settings: Settings): Promise<Link> {
  const access = googleAccess(settings, config.GOOGLE_TTS_ENDPOINT);
  if (!access) {
    return {
      name: 'Google voice',
      state: 'missing',
      detail: "There is no key. Twilio's own voices speak.",
      href: '/credentials',
    };
  }
  return linkOf('Google voice', await checkGoogleVoice({ ...access, clock, log }, voiceOf(settings.profile(), config)));
}

const linkOf = (name: string, { ok, message, remedy }: KeyVerdict): Link => ({
  name,
  state: ok ? 'works' : 'wrong',
  detail: message,
  ...(remedy === undefined ? {} : { remedy }),
  ...(ok ? {} : { href: '/credentials' }),
});
