/** Something Twilio refused, or that could not be asked. */
export interface Trouble {
  ok: false;
  status: number;
  field?: string | null;
  code: string;
  error: string;
  remedy: string;
}

/** A setting of the number as it is and as it is to be. */
export interface ShownSetting {
  name: string;
  today: string;
  wanted: string;
  asWanted: boolean;
}

/** The number as Twilio has it. */
export type ShownNumber =
  { ok: true; settings: readonly ShownSetting[]; asWanted: boolean; boundTo?: { explanation: string } } | Trouble;

/** What answers while Frontdesk is down. */
export interface ShownFallback {
  way: 'function' | 'studio' | 'twiml-bin';
  url?: string;
  twiml?: string;
  refusals: readonly string[];
  behind?: string;
}

/** What the account can and cannot do. */
export type ShownAccount =
  { ok: true; trial: boolean; balance?: { amount: string; currency: string }; limits: readonly string[] } | Trouble;

/** Everything at once; undefined while credentials or address are missing. */
export interface ShownToday {
  number: ShownNumber;
  account: ShownAccount;
  fallback: ShownFallback | undefined;
}

/** How one click went. */
export type Pointed =
  { ok: true; changed: boolean; fallback: ShownFallback | undefined; fallbackProblem?: string } | Trouble;

/** The deeds behind the page. None of them rejects. */
export interface NumberDesk {
  today(): Promise<ShownToday | undefined>;
  point(): Promise<Pointed>;
  keepBin(url: string): Promise<Pointed>;
  disconnect(): Promise<{ ok: true; removed: readonly string[]; notRemoved: readonly string[] } | Trouble>;
}
