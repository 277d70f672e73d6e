import { join } from 'node:path';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { createMessageFile } from './calls/message-file';
import { systemClock, type Clock } from './common/clock';
import { silentLog, type Log } from './common/log';
import { createMetrics, type Metrics } from './common/metrics';
import type { Profile } from './common/profile';
import { secretFile } from './common/secret-file';
import { hasVoice, type Config } from './config';
import { createConversations, type Conversations } from './conversations/conversations';
import { fixedPhrasesOf, greetingOf } from './conversations/greeting';
import type { Clip, Reply, SaveMessage, Speak, Voice } from './conversations/ports';
import { createOperationsRoutes } from './operations/routes';
import { createAnswerer } from './reply/answerer/answerer';
import { createLookUp } from './reply/answerer/look-up';
import { createGroqReply } from './reply/groq';
import { composePrompt } from './reply/prompt';
import { loadProfile } from './settings/profile-file';
import { createClips, type ClipLimits, type Clips } from './speech/clips';
import { isClipName } from './speech/clip-names';
import { createGoogleVoice, type GoogleVoice } from './speech/google';
import { createPhrases, type Phrases } from './speech/phrases';
import { prepareRecordedGreeting } from './speech/recorded-greeting';
import { createSpeak } from './speech/speak';
import { quietWav } from './speech/wav';
import { createVoiceRoutes } from './voice/routes';

export { loadProfile } from './settings/profile-file';

/** A voice that speaks well and answers fast; see the latency figures of Google's voices. */
const DEFAULT_VOICE = 'en-US-Neural2-F';
const IDLE_MS = 10 * 60_000;
const GREETING_LEAD_IN_MS = 300;
/** A request for speech is given up after this many ms; the core has stopped waiting by then. */
const SPEECH_TIMEOUT_MS = 4_000;
const QUIET_MS = 400;

/** What can be replaced, by code alone: for tests, and for those who build on Frontdesk. */
export interface Overrides {
  clock?: Clock;
  log?: Log;
  profile?: Profile;
  models?: readonly { name: string; reply: Reply }[];
  speak?: Speak;
  saveMessage?: SaveMessage;
  clipLimits?: Partial<ClipLimits>;
  idleMs?: number;
  /** False lets every request in. */
  verifySignatures?: boolean;
}

/** The Express app, which does not listen, and what its process does with it besides. */
export type Frontdesk = Express & {
  /** Makes what callers hear most, once somebody listens. Resolves when it is made or has failed; never rejects. */
  warmUp(): Promise<void>;
  /** Says that the process is about to stop: what is under way is answered in one piece. */
  stopSoon(): void;
  /** Ends timers, connections and writes. */
  close(): Promise<void>;
};

/**
 * Wires Frontdesk together. Returns at once, without listening, reading .env or touching the network.
 * Throws ConfigError when the profile cannot be read.
 */
export function createApp(config: Config, overrides: Overrides = {}): Frontdesk {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? silentLog;
  const profile = overrides.profile ?? loadProfile(config.PROFILE_FILE);
  const voice = voiceOf(profile, config);
  const speech = createSpeech(config, { clock, log, voice, clipLimits: overrides.clipLimits ?? {} });
  const metrics = createMetrics(() => conversations.activeCalls());
  let recorded: Clip | undefined;
  const conversations = createConversations({
    profile: () => profile,
    systemPrompt: composePrompt,
    voice: () => voice,
    models: overrides.models ?? createModels(config, { clock, log }),
    answerer: createAnswerer({ clock }),
    lookUp: createLookUp({ clock }),
    speak: overrides.speak ?? speech.speak,
    phraseClip: (text) => speech.phrases?.clipFor(text),
    greetingClip: () => recorded ?? speech.phrases?.clipFor(greetingOf(profile)),
    saveMessage: overrides.saveMessage ?? createMessageFile(config.DATA_DIR),
    counts: metrics,
    clock,
    log,
    limits: {
      historyMessages: config.CONVERSATION_HISTORY_LIMIT,
      maxConcurrentCalls: config.MAX_CONCURRENT_CALLS,
      coalesceMs: config.COALESCE_MS,
      idleMs: overrides.idleMs ?? IDLE_MS,
    },
  });
  const verifySignatures = overrides.verifySignatures ?? true;
  const app = mount(config, { conversations, metrics, log, clips: speech.clips, verifySignatures, profile });
  return Object.assign(app, {
    async warmUp() {
      const file = profile.greetingAudio;
      const prepared = file
        ? prepareRecordedGreeting({ file, ffmpegPath: config.FFMPEG_PATH, clips: speech.clips, log })
        : undefined;
      const phrases = fixedPhrasesOf(profile).map((text) => ({ text }));
      void prepared?.then((clip) => (recorded = clip));
      await speech.google?.warm();
      await speech.phrases?.prepare([{ text: greetingOf(profile), leadInMs: GREETING_LEAD_IN_MS }, ...phrases]);
      await prepared;
    },
    stopSoon: conversations.stopSoon,
    async close() {
      await conversations.closeAll();
      speech.phrases?.close();
      await Promise.all([speech.google?.close(), speech.clips.close()]);
    },
  });
}

interface Surroundings {
  clock: Clock;
  log: Log;
}

function createModels(config: Config, surroundings: Surroundings): { name: string; reply: Reply }[] {
  const { GROQ_API_KEY: apiKey, GROQ_MODEL, GROQ_FALLBACK_MODEL } = config;
  if (!apiKey) return [];
  const model = (name: string, variable: string) => ({
    name,
    reply: createGroqReply({
      apiKey,
      model: name,
      modelVariable: variable,
      temperature: config.GROQ_TEMPERATURE,
      maxTokens: config.GROQ_MAX_TOKENS,
      tools: ['end_call', 'take_message'],
      ...(config.GROQ_BASE_URL ? { baseURL: config.GROQ_BASE_URL } : {}),
      ...surroundings,
    }),
  });
  const first = model(GROQ_MODEL, 'GROQ_MODEL');
  return GROQ_MODEL === GROQ_FALLBACK_MODEL ? [first] : [first, model(GROQ_FALLBACK_MODEL, 'GROQ_FALLBACK_MODEL')];
}

interface Speech {
  clips: Clips;
  google?: GoogleVoice;
  speak?: Speak;
  phrases?: Phrases;
}

function createSpeech(
  config: Config,
  { clock, log, voice, clipLimits }: Surroundings & { voice: Voice; clipLimits: Partial<ClipLimits> },
): Speech {
  const nameKey = Buffer.from(keyIn(config, 'clip-names.key', log), 'hex');
  const clips = createClips({ directory: config.AUDIO_DIR, nameKey, limits: clipLimits, clock, log });
  if (!hasVoice(config)) return { clips };
  const google = createGoogleVoice({
    keyFilename: config.GOOGLE_APPLICATION_CREDENTIALS,
    apiKey: config.GOOGLE_API_KEY,
    projectId: config.GOOGLE_CLOUD_PROJECT,
    endpoint: config.GOOGLE_TTS_ENDPOINT,
    timeoutMs: SPEECH_TIMEOUT_MS,
    clock,
    log,
  });
  const { synthesize } = google;
  return {
    clips,
    google,
    speak: createSpeak({ synthesize, clips }),
    phrases: createPhrases({ synthesize, clips, voice, log }),
  };
}

const keyIn = (config: Config, name: string, log: Log) =>
  secretFile(join(config.DATA_DIR, name), (error) =>
    log.warn('data_dir', { data: { file: name, error: String(error) } }),
  );

function voiceOf(profile: Profile, config: Config): Voice {
  const named = config.TTS_VOICE ?? profile.voice;
  if (named) return { name: named, language: named.split('-').slice(0, 2).join('-') };
  if (profile.language === 'en-US') return { name: DEFAULT_VOICE, language: 'en-US' };
  return { name: `${profile.language}-Standard-A`, language: profile.language };
}

interface Mounted {
  conversations: Conversations;
  metrics: Metrics;
  log: Log;
  clips: Clips;
  verifySignatures: boolean;
  profile: Profile;
}

function mount(config: Config, { conversations, metrics, log, clips, verifySignatures, profile }: Mounted): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  const sayVoice = {
    name: config.SAY_VOICE ?? profile.sayVoice ?? `Google.${voiceOf(profile, config).name}`,
    language: profile.language,
  };
  const { TWILIO_AUTH_TOKEN: authToken, PUBLIC_BASE_URL } = config;
  app.use(helmet({ strictTransportSecurity: PUBLIC_BASE_URL?.startsWith('https:') ?? false }));
  app.use(
    '/api/voice',
    createVoiceRoutes({
      conversations,
      clips: { isClipName, find: clips.find, quietWav: () => quietWav(QUIET_MS) },
      guard: {
        authTokens: () => (authToken ? [authToken] : []),
        publicBaseUrl: () => PUBLIC_BASE_URL,
        localKey: keyIn(config, 'local.key', log),
        verifySignatures,
        log,
      },
      sayVoice: () => sayVoice,
      webhookAnswered: metrics.webhookAnswered,
      log,
    }),
  );
  app.use(
    createOperationsRoutes({
      activeCalls: conversations.activeCalls,
      maxConcurrentCalls: config.MAX_CONCURRENT_CALLS,
      configured: () => ({
        twilio: authToken !== undefined,
        groq: config.GROQ_API_KEY !== undefined,
        google_tts: hasVoice(config),
        public_base_url: PUBLIC_BASE_URL !== undefined,
        profile: config.PROFILE_FILE !== undefined,
      }),
      registry: metrics.registry,
    }),
  );
  app.use((_request, response) => void response.status(404).type('text/plain').send('There is nothing here.\n'));
  return app;
}
