import { LIST_PRICES } from '../../src/common/prices';
import { profileSchema } from '../../src/common/profile';
import type { ConsoleOptions } from '../../src/console/console';

const unasked = () => Promise.reject(new Error('nobody asks for it here'));
/** A receptionist whom nobody changes. */
export const nobody: ConsoleOptions['receptionist'] = {
  profile: () => profileSchema.parse({ businessName: 'Harbour Dentists' }),
  saveProfile: unasked,
  undoProfile: unasked,
  canUndoProfile: () => false,
  exportProfile: () => '{}',
  greeting: { save: unasked, remove: unasked, current: () => undefined },
  sample: unasked,
  voices: () => Promise.resolve([]),
};

/** No number to look after. */
export const noNumber: ConsoleOptions['number'] = {
  today: () => Promise.resolve(undefined),
  point: unasked,
  keepBin: unasked,
  disconnect: () => Promise.resolve({ ok: true, removed: [], notRemoved: [] }),
};

const noCost = { total: 0, known: 0, lines: [], missing: [] };

/** Prices that nobody changes. */
export const listPrices: ConsoleOptions['prices'] = {
  prices: () => LIST_PRICES,
  savePrices: unasked,
  forgetPrices: unasked,
};

/** An empty call book. */
export const emptyBook: ConsoleOptions['calls'] = {
  search: () => Promise.resolve([]),
  read: () => Promise.resolve(undefined),
  aboutCaller: unasked,
  forgetCaller: unasked,
  messages: () => Promise.resolve([]),
  limitedToday: () => Promise.resolve([]),
  newMessages: () => Promise.resolve(0),
  markMessage: () => Promise.resolve(undefined),
  place: unasked,
  endAtTwilio: unasked,
  soundsHere: () => Promise.resolve(new Set()),
  voicemailFile: () => Promise.resolve(undefined),
  fetchAgain: () => Promise.resolve(false),
  openQuestions: () => Promise.resolve([]),
  settleQuestion: () => Promise.resolve(undefined),
  cost: () => noCost,
  costOfMonth: () => Promise.resolve({ month: '2026-01', calls: 0, cost: noCost }),
  everUsed: () => Promise.resolve([]),
  statistics: ({ timeZone, tests }) =>
    Promise.resolve({
      ...{
        timeZone,
        tests,
        since: '2026-01-05',
        until: '2026-01-05',
        calls: 0,
        outgoing: 0,
        leftOut: 0,
        firstAudio: [],
      },
      ...{ byHour: Array<number>(24).fill(0), byDay: [{ day: '2026-01-05', calls: 0 }] },
      outcomes: { answered: 0, message: 0, transferred: 0, abandoned: 0, failed: 0, missed: 0, 'going on': 0 },
    }),
  onChange: () => () => undefined,
};

/** Nobody to be told of anything. */
export const nobodyTold: ConsoleOptions['telling'] = {
  events: ['message.taken'],
  email: () => undefined,
  saveEmail: unasked,
  forgetEmail: unasked,
  checkEmail: unasked,
  texts: () => [],
  saveTexts: unasked,
  textState: () => Promise.resolve('No text is sent here.'),
  subscribers: () => [],
  subscribe: unasked,
  unsubscribe: () => Promise.resolve(false),
  turnOn: () => Promise.resolve(false),
  leadsInside: () => Promise.resolve(false),
  deliveries: () => Promise.resolve([]),
  replay: () => Promise.resolve({ ok: false, found: false }),
};

/** A telephone exchange where nobody calls. */
export const noCalls: ConsoleOptions['exchange'] = {
  dial: () => undefined,
  listen: () => undefined,
  say: () => false,
  press: () => false,
  typing: () => undefined,
  hangUp: () => undefined,
};
