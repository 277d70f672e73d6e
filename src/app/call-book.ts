import { createCalls, type Calls } from '../calls/calls';
import type { Outbox } from '../outbox/outbox';
import type { Settings } from '../settings/settings';
import type { Database } from '../storage/database';
import type { Telephony } from '../telephony/telephony';
import type { CallingOut } from './calling-out';
import { createUnderstand } from './models';
import { createHistory, createRecordings } from './recordings';
import type { Mouth } from './speech';
import type { Surroundings } from './surroundings';
import { aboutOf } from './telling';
import { sayVoiceOf } from './voices';

interface CallBookOptions {
  database: Database;
  settings: Settings;
  outbox: Outbox;
  telephony: Telephony;
  callingOut: CallingOut;
  mouth: Mouth;
  closeCall: (sid: string) => Promise<void>;
  /** Whether as many calls are open as there may be. */
  linesBusy: () => boolean;
}

/** The call book, with what it asks of the settings, of Twilio and of a model. */
export function createCallBook(surroundings: Surroundings, options: CallBookOptions): Calls {
  const { config, clock, log } = surroundings;
  const { database, settings, mouth, outbox, telephony, callingOut, closeCall, linesBusy } = options;
  return createCalls({
    ...{ database, directory: config.DATA_DIR, announce: outbox.announce, closeCall, clock, log },
    about: () => aboutOf(settings),
    profile: settings.profile,
    understand: createUnderstand(surroundings, settings),
    recordings: createRecordings(settings, telephony),
    reconcile: createHistory(settings, telephony),
    privacy: () => settings.rules().privacy,
    ...{ prices: settings.prices, removeClips: mouth.clips.forget },
    placing: {
      ...{ rules: settings.rules, place: callingOut.place, publicBaseUrl: () => settings.publicBaseUrl()?.value },
      ownNumber: () => settings.twilio()?.phoneNumber,
      linesBusy,
    },
    sayVoice: () => sayVoiceOf(settings.profile(), config).name,
  });
}
