import type { EventType } from '../../../common/events';

/** A delivery as it is shown. Times in ms since 1970. */
export interface ShownDelivery {
  id: string;
  event: string;
  channel: string;
  target: string;
  state: 'waiting' | 'delivered' | 'dead';
  tries: number;
  dueAt: number;
  createdAt: number;
  deliveredAt: number | undefined;
  problem: string | undefined;
}

/** Who is told of calls, and what they were told. */
export interface TellingDesk {
  events: readonly EventType[];
  /** Without its password. */
  email(): { from: string; to: readonly string[]; server: string } | undefined;
  saveEmail(email: { server: string; from: string; to: string[] }): Promise<void>;
  forgetEmail(): Promise<void>;
  /** Signs in at a mail server; gives what is wrong, undefined where nothing is. */
  checkEmail(server: string): Promise<string | undefined>;
  /** Numbers that get messages as texts, and whether ours may send any, in words. */
  texts(): readonly string[];
  saveTexts(numbers: readonly string[]): Promise<void>;
  textState(): Promise<string>;
  subscribers(): readonly { id: string; url: string; events: readonly string[]; off: string | undefined }[];
  /** Gives the secret, which is shown this once. */
  subscribe(subscriber: { url: string; events: EventType[] }): Promise<{ id: string; secret: string }>;
  unsubscribe(id: string): Promise<boolean>;
  /** Sends events again to a subscriber that was off; false when there is none. */
  turnOn(id: string): Promise<boolean>;
  /** Whether an address leads into our own network, where nothing is sent unless it is allowed. */
  leadsInside(address: string): Promise<boolean>;
  /** The newest first. */
  deliveries(): Promise<readonly ShownDelivery[]>;
  /** Where nothing is sent: whether there is such a delivery, and why its receiver gets nothing. */
  replay(id: string): Promise<{ ok: true } | { ok: false; found: boolean; problem?: string }>;
}
