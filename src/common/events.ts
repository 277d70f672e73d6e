/** What others can be told of. */
export const EVENTS = ['call.started', 'call.ended', 'message.taken', 'transfer.failed'] as const;
export type EventType = (typeof EVENTS)[number];

/** Something that happened, as it is told to others. `at` is in ms since 1970; `data` is plain JSON. */
export interface CallEvent {
  type: EventType;
  at: number;
  data: Readonly<Record<string, unknown>>;
  /** Names what may still change, as a message does while its caller speaks: a later event about it takes its place. */
  about?: string;
}
