import type { Marker } from '../corpus';
import type { Served } from '../driver/processes';
import type { StubAddresses } from '../stub/main';

/** What measures share. Servers that several measure are started once. */
export interface Bench {
  full: boolean;
  /** How many of a measure's samples were asked for; undefined for the measure's own number. */
  n: number | undefined;
  profile: string;
  seed: string;
  stub: StubAddresses;
  frontdesk: () => Promise<Served>;
  naive: () => Promise<{ url: string }>;
  marker: (reply: number, draw: number) => Marker;
  /** A number for a new call. */
  callNumber: () => number;
  setProfile: (name: string) => Promise<void>;
  /** How long the machine itself stood still, each time since this was asked last, in ms. */
  standstills: () => Promise<readonly number[]>;
  /** Says something below the table. */
  note: (line: string) => void;
  progress: (line: string) => void;
}
