import { createCalls, type Calls } from '../calls/calls';
import type { Outbox } from '../outbox/outbox';
import type { Settings } from '../settings/settings';
import type { Database } from '../storage/database';
import type { Telephony } from '../telephony/telephony';
import type { CallingOut } from './calling-out';
import { createUnderstand } from './models';
import { createHistory, createRecordings } from './recordings';
import type { Surroundings } from './surroundings';
import { aboutOf } from './telling';
import { sayVoiceOf } from './voices';

interface CallBookOptions {
  database: Database;
  settings: Settings;
  outbox: Outbox;
  telephony: Telephony;
  callingOut: CallingOut;
  closeCall: (sid: string) => Promise<void>;
}

/** The call book, with what it asks of the settings, of Twilio and of a model. */
export function createCallBook(surroundings: Surroundings, options: CallBookOptions): Calls {
  const { config, clock, log } = surroundings;
  const { database, settings, outbox, telephony, callingOut, closeCall } = options;
  return createCalls({
    ...{ database, directory: config.DATA_DIR, announce: outbox.announce, closeCall, clock, log },
    about: () => aboutOf(settings),
    profile: settings.profile,
    understand: createUnderstand(surroundings, settings),
    recordings: createRecordings(settings, telephony),
    reconcile: createHistory(settings, telephony),
    privacy: () => settings.rules().privacy,
    prices: settings.prices,
    placing: {
      ...{ rules: settings.rules, place: callingOut.place, publicBaseUrl: () => settings.publicBaseUrl()?.value },
      ownNumber: () => settings.twilio()?.phoneNumber,
    },
    sayVoice: () => sayVoiceOf(settings.profile(), config).name,
  });
}
