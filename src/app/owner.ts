import { createConsole, type Console } from '../console/console';
import type { TellingDesk } from '../console/pages/telling/desk';
import type { Diagnose } from '../console/pages/doctor';
import type { Calls } from '../calls/calls';
import type { SpeculationState } from '../common/speculation';
import type { Settings } from '../settings/settings';
import type { Database } from '../storage/database';
import type { Telephony } from '../telephony/telephony';
import type { CallingOut } from './calling-out';
import { checklistOf, type ConfiguredParts } from './checklist';
import { createChecks } from './checks';
import { createNumberDesk, followProfile } from './number';
import { createReceptionistDesk } from './receptionist';
import type { Mouth } from './speech';
import type { Surroundings } from './surroundings';
import type { Trial } from './trial';
import type { TryIt } from './try-it';
import { voiceOf } from './voices';

/** What the owner's door opens on. */
export interface OwnerOptions {
  calls: Calls;
  callingOut: CallingOut;
  telling: TellingDesk;
  settings: Settings;
  mouth: Mouth;
  exchange: TryIt;
  telephony: Telephony;
  trial: Trial;
  diagnose: Diagnose;
  configured: () => ConfiguredParts;
  speculation: () => SpeculationState;
  database: Database;
}

/** The console with everything its pages need. Loaded when somebody first asks for a page: no caller waits for it. */
export function openConsole(surroundings: Surroundings, options: OwnerOptions): Console {
  const { config, clock, log } = surroundings;
  const { settings, mouth, database, telephony, trial, configured } = options;
  const number = createNumberDesk(surroundings, settings, telephony);
  followProfile(surroundings, settings, number.follow);
  return createConsole({
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
}
