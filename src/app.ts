import { join } from 'node:path';
import express, { Router, type Express } from 'express';
import type { Calls } from './calls/calls';
import { systemClock, type Clock } from './common/clock';
import { silentLog, type Log } from './common/log';
import type { GateLimits } from './common/gate';
import { createMetrics } from './common/metrics';
import { phoneLibrary } from './common/phone-library';
import type { Profile } from './common/profile';
import type { Config, InUse } from './config';
import type { Conversations } from './conversations/conversations';
import { mountDoors } from './app/doors';
import { createCallBook } from './app/call-book';
import { createCallingOut } from './app/calling-out';
import { converse, openSpeculation, type CoreOverrides } from './app/converse';
import { createModels } from './app/models';
import type { Diagnose } from './app/doctor';
import { inUseOf } from './app/in-use';
import { localKey, sealingKey } from './app/own-keys';
import { createPressure, type Pressure } from './app/pressure';
import { createMouth, type Mouth } from './app/speech';
import type { Surroundings } from './app/surroundings';
import { createTelling } from './app/telling';
import { createTwilioApi } from './app/telephony';
import { createTrial, type Trial } from './app/trial';
import { createTryIt, type TryIt } from './app/try-it';
import { createWarmth, type Warmth } from './app/warmth';
import { createWebhookWitness } from './app/webhook-witness';
import type { Outbox } from './outbox/outbox';
import { loadProfile } from './settings/profile-file';
import { openSettings, type Settings } from './settings/settings';
import type { ClipLimits } from './speech/clips';
import { checkpointAside } from './storage/checkpoints';
import { openDatabase, type Database } from './storage/database';
import { checkLater } from './storage/whole';

export { loadProfile } from './settings/profile-file';

const RESTORE = 'Stop Frontdesk and restore DATA_DIR from a backup; what is written now may be lost.';

/** What can be replaced, by code alone: for tests, and for those who build on Frontdesk. */
export interface Overrides extends CoreOverrides {
  clock?: Clock;
  log?: Log;
  profile?: Profile;
  clipLimits?: Partial<ClipLimits>;
  /** How many requests are at Groq and at Google at once. */
  upstreamLimits?: Partial<GateLimits>;
  /** False lets every request in. */
  verifySignatures?: boolean;
}

/** The Express app, which does not listen, and what its process does with it besides. */
export type Frontdesk = Express & {
  /** Resolves once it can answer; requests that come sooner wait. Throws ConfigError when it never will. */
  ready(): Promise<void>;
  /** The path of the one-time link that sets the first password; undefined when there is one. */
  setupLink(): Promise<string | undefined>;
  /** What is in use now, from the environment or from the pages. */
  inUse(): Promise<InUse>;
  /** Examines every link of the chain between a caller and an answer. Takes some seconds; never rejects once ready. */
  diagnose: Diagnose;
  /** Every secret in use, for a log to hide. Empty before it is ready. */
  secrets(): string[];
  /** Makes what callers hear most, once somebody listens. Resolves when it is made or has failed; never rejects. */
  warmUp(): Promise<void>;
  /** Says that the process is about to stop: what is under way is answered in one piece. */
  stopSoon(): void;
  /** Ends timers, connections and writes. */
  close(): Promise<void>;
};

/**
 * Wires Frontdesk together. Returns at once, without listening, reading .env or touching the network.
 * Throws ConfigError when the profile cannot be read or the database cannot be opened.
 */
export function createApp(config: Config, overrides: Overrides = {}): Frontdesk {
  const surroundings = { config, clock: overrides.clock ?? systemClock, log: overrides.log ?? silentLog };
  const profile = overrides.profile ?? loadProfile(config.PROFILE_FILE);
  const file = join(config.DATA_DIR, 'frontdesk.db');
  const database = openDatabase(file);
  const stopChecking = checkLater(file, (reason) =>
    surroundings.log.error('database_damaged', { data: { reason, remedy: RESTORE } }),
  );
  let endCheckpoints: ReturnType<typeof checkpointAside> | undefined;
  const building = build(surroundings, { overrides, profile, database });
  building.catch(() => undefined); // told by ready(), and to every request
  const app = express();
  app.disable('x-powered-by').disable('etag');
  let built: Built | undefined;
  void building.then((parts) => (built = parts)).catch(() => undefined);
  app.use((request, response, next) => {
    if (built) built.doors(request, response, next);
    else building.then(({ doors }) => doors(request, response, next)).catch(next);
  });
  return Object.assign(app, {
    ready: () => building.then(() => undefined),
    setupLink: async () => (await building).setupLink(),
    inUse: async () => (await building).inUse(),
    diagnose: async () => (await building).diagnose(),
    secrets: () => built?.settings.secrets() ?? [],
    async warmUp() {
      const { mouth, warmth, trial } = await building;
      phoneLibrary(); // before a caller names a number
      endCheckpoints ??= checkpointAside(database, file, (reason) =>
        surroundings.log.warn('checkpoints', { step: 'in the writes again', data: { reason } }),
      );
      await Promise.all([mouth.warmUp(), warmth.begin(), trial.learn()]);
    },
    stopSoon() {
      void building.then(({ conversations, endStreams }) => {
        conversations.stopSoon();
        endStreams();
      });
    },
    async close() {
      const { conversations, calls, outbox, mouth, exchange, warmth, pressure } = await building;
      exchange.close();
      pressure.close();
      warmth.close();
      await conversations.closeAll();
      await calls.close();
      await outbox.close();
      await mouth.close();
      stopChecking();
      await endCheckpoints?.();
      await database.destroy();
    },
  });
}

interface Built {
  doors: Router;
  conversations: Conversations;
  calls: Calls;
  outbox: Outbox;
  mouth: Mouth;
  warmth: Warmth;
  pressure: Pressure;
  settings: Settings;
  exchange: TryIt;
  trial: Trial;
  diagnose: Diagnose;
  inUse: () => InUse;
  setupLink: () => Promise<string | undefined>;
  endStreams: () => void;
}

interface BuildOptions {
  overrides: Overrides;
  profile: Profile;
  database: Database;
}

async function build(surroundings: Surroundings, { overrides, profile, database }: BuildOptions): Promise<Built> {
  const { config, clock, log } = surroundings;
  const key = config.SECRET_KEY ?? sealingKey(surroundings);
  const settings = await openSettings({ database, key, environment: config, seedProfile: () => profile, clock, log });
  const pressure = createPressure(overrides.upstreamLimits);
  const { groq, google } = pressure;
  const mouth = createMouth(surroundings, { settings, clipLimits: overrides.clipLimits ?? {}, gate: google });
  const metrics = createMetrics(() => conversations.activeCalls(), { loop: pressure.loop, gates: { groq, google } });
  const telephony = createTwilioApi(surroundings);
  const trial = createTrial(settings, telephony);
  const witness = createWebhookWitness(settings, () => clock.now());
  const diagnose = async () =>
    (await import('./app/doctor.js')).createDoctor(surroundings, { settings, mouth, telephony, witness })();
  const exchange = createTryIt({
    localKey: localKey(surroundings),
    publicBaseUrl: () => settings.publicBaseUrl()?.value,
    phoneNumber: () => settings.twilio()?.phoneNumber,
    log,
  });
  const { outbox, desk: telling } = createTelling(surroundings, { settings, database, telephony });
  const callingOut = createCallingOut(settings, telephony);
  const closeCall = (sid: string) => conversations.close(sid);
  const linesBusy = () => conversations.activeCalls() >= config.MAX_CONCURRENT_CALLS;
  const calls = createCallBook(surroundings, {
    ...{ database, settings, mouth, outbox, telephony, callingOut, closeCall, linesBusy },
  });
  const models = createModels(surroundings, settings, groq);
  const warmth = createWarmth({ models, mouth, activeCalls: () => conversations.activeCalls() });
  const speculation = await openSpeculation(surroundings, { calls, pressure });
  const conversations = converse(surroundings, {
    ...{ overrides, settings, mouth, exchange, calls, speculation, metrics, models, warmth, pressure },
  });
  await calls.start();
  const verifySignatures = overrides.verifySignatures ?? true;
  const inUse = () => inUseOf(settings, mouth, { config, seed: profile });
  const mounted = mountDoors(surroundings, {
    ...{ conversations, calls, callingOut, telling, metrics, settings, mouth, exchange, telephony },
    ...{ trial, witness, diagnose, inUse, database, verifySignatures, speculation: speculation.state },
  });
  return {
    ...{ ...mounted, conversations, calls, outbox, mouth, warmth, pressure },
    ...{ settings, exchange, trial, diagnose, inUse },
  };
}
