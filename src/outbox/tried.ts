/** Why a text is not sent again after its request was made. */
export const UNKNOWN = 'not known whether it was sent';

/** One try to deliver. `gone` means that another would be in vain, or must not be made. */
export type Tried = { ok: true } | { ok: false; problem: string; gone?: boolean };
