import { Router } from 'express';
import type { Metrics } from '../common/metrics';
import type { InUse } from '../config';
import type { Console } from '../console/console';
import type { Conversations } from '../conversations/conversations';
import { createOperationsRoutes } from '../operations/routes';
import { isClipName } from '../speech/clip-names';
import { quietWav } from '../speech/wav';
import { createVoiceRoutes } from '../voice/routes';
import type { ConfiguredParts } from './checklist';
import { localKey, proofOf } from './own-keys';
import type { OwnerOptions } from './owner';
import type { Surroundings } from './surroundings';
import type { WebhookWitness } from './webhook-witness';
import { sayVoiceOf } from './voices';

const QUIET_MS = 400;

/** What the doors open on. */
export interface DoorOptions extends Omit<OwnerOptions, 'configured'> {
  conversations: Conversations;
  metrics: Metrics;
  witness: WebhookWitness;
  inUse: () => InUse;
  verifySignatures: boolean;
}

/** Mounts every door: Twilio's webhooks, health and metrics, and the console, which answers everything else. */
export function mountDoors(surroundings: Surroundings, options: DoorOptions) {
  const { conversations, metrics } = options;
  const configured = (): ConfiguredParts => {
    const { twilio, groq, google_tts, profile, publicBaseUrl: address } = options.inUse();
    return { twilio, groq, google_tts, public_base_url: address !== undefined, profile };
  };
  let opened: Promise<Console> | undefined;
  const owner = () =>
    (opened ??= import('./owner.js').then(({ openConsole }) => openConsole(surroundings, { ...options, configured })));
  const doors = Router();
  doors.use('/api/voice', voiceDoor(surroundings, options));
  doors.use(
    createOperationsRoutes({
      activeCalls: conversations.activeCalls,
      maxConcurrentCalls: surroundings.config.MAX_CONCURRENT_CALLS,
      configured,
      registry: metrics.registry,
      proofOf: (nonce) => proofOf(surroundings, nonce),
      whoMayMeasure: async (request, response, next) => (await owner()).ownerOrMachine(request, response, next),
    }),
  );
  doors.use(async (request, response, next) => (await owner()).router(request, response, next));
  return {
    doors,
    setupLink: async () => (await owner()).setupLink(),
    endStreams: () => void opened?.then(({ stopSoon }) => stopSoon()),
  };
}

function voiceDoor(surroundings: Surroundings, options: DoorOptions): Router {
  const { config, clock, log } = surroundings;
  const { conversations, calls, callingOut, settings, mouth, trial } = options;
  return createVoiceRoutes({
    conversations,
    clips: { isClipName, find: mouth.clips.find, quietWav: () => quietWav(QUIET_MS) },
    guard: {
      authTokens: settings.authTokens,
      accountSid: () => settings.twilio()?.accountSid,
      publicBaseUrl: () => settings.publicBaseUrl()?.value,
      localKey: localKey(surroundings),
      verifySignatures: options.verifySignatures,
      witness: options.witness,
      log,
    },
    onTrial: trial.onTrial,
    sayVoice: () => sayVoiceOf(settings.profile(), config),
    ...{ reported: calls.reported, recorded: calls.recorded, placedFor: calls.placedFor },
    machineAnswered: callingOut.machineAnswered,
    now: () => clock.now(),
    webhookAnswered: options.metrics.webhookAnswered,
    log,
  });
}
