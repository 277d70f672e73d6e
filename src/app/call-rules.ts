import type { Calls } from '../calls/calls';
import type { CallRules } from '../conversations/parts';
import type { Settings } from '../settings/settings';

/** The owner's rules as the core asks for them. */
export const createCallRules = (settings: Settings, { limitOfDay }: Calls): CallRules => ({
  limits: () => settings.rules().limits,
  blocked: () => settings.rules().blocked,
  limitOfDay,
});
