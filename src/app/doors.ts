import { Router } from 'express';
import type { Calls } from '../calls/calls';
import type { Metrics } from '../common/metrics';
import type { SpeculationState } from '../common/speculation';
import type { InUse } from '../config';
import { createConsole } from '../console/console';
import type { TellingDesk } from '../console/pages/telling/desk';
import type { Conversations } from '../conversations/conversations';
import { createOperationsRoutes } from '../operations/routes';
import type { Settings } from '../settings/settings';
import { isClipName } from '../speech/clip-names';
import { quietWav } from '../speech/wav';
import type { Database } from '../storage/database';
import type { Telephony } from '../telephony/telephony';
import { createVoiceRoutes } from '../voice/routes';
import type { CallingOut } from './calling-out';
import { checklistOf, type ConfiguredParts } from './checklist';
import { createChecks } from './checks';
import { proofOf, type Diagnose } from './doctor';
import { createNumberDesk, followProfile } from './number';
import { localKey } from './own-keys';
import { createReceptionistDesk } from './receptionist';
import type { Mouth } from './speech';
import type { Surroundings } from './surroundings';
import type { Trial } from './trial';
import type { TryIt } from './try-it';
import type { WebhookWitness } from './webhook-witness';
import { sayVoiceOf, voiceOf } from './voices';

const QUIET_MS = 400;

/** What the doors open on. */
export interface DoorOptions {
  conversations: Conversations;
  calls: Calls;
  callingOut: CallingOut;
  telling: TellingDesk;
  metrics: Metrics;
  settings: Settings;
  mouth: Mouth;
  exchange: TryIt;
  telephony: Telephony;
  trial: Trial;
  witness: WebhookWitness;
  diagnose: Diagnose;
  inUse: () => InUse;
  speculation: () => SpeculationState;
  database: Database;
  verifySignatures: boolean;
}

/** Mounts every door: Twilio's webhooks, health and metrics, and the console, which answers everything else. */
export function mountDoors(surroundings: Surroundings, options: DoorOptions) {
  const { config, clock, log } = surroundings;
  const { conversations, metrics, settings, mouth, database, telephony, trial } = options;
  const number = createNumberDesk(surroundings, settings, telephony);
  followProfile(surroundings, settings, number.follow);
  const configured = (): ConfiguredParts => {
    const { twilio, groq, google_tts, profile, publicBaseUrl: address } = options.inUse();
    return { twilio, groq, google_tts, public_base_url: address !== undefined, profile };
  };
  const owner = createConsole({
    ...{
      database,
      settings,
      number,
      clock,
      log,
      calls: { ...options.calls, endAtTwilio: options.callingOut.end, soundsHere: mouth.clips.here },
      telling: options.telling,
    },
    ...{ prices: settings, rules: settings },
    checks: createChecks(surroundings, { telephony, trial, voice: () => voiceOf(settings.profile(), config) }),
    exchange: options.exchange,
    speculation: options.speculation,
    diagnose: options.diagnose,
    receptionist: createReceptionistDesk(surroundings, settings, mouth),
    checklist: () => Promise.resolve(checklistOf({ configured: configured(), settings, onTrial: trial.onTrial() })),
    adminToken: config.ADMIN_TOKEN,
    corsOrigins: config.CORS_ORIGINS,
  });
  const doors = Router();
  doors.use('/api/voice', voiceDoor(surroundings, options));
  doors.use(
    createOperationsRoutes({
      activeCalls: conversations.activeCalls,
      maxConcurrentCalls: config.MAX_CONCURRENT_CALLS,
      configured,
      registry: metrics.registry,
      proofOf: (nonce) => proofOf(surroundings, nonce),
      whoMayMeasure: owner.ownerOrMachine,
    }),
  );
  doors.use(owner.router);
  return { doors, setupLink: owner.setupLink, endStreams: owner.stopSoon };
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
