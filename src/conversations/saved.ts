import type { Call } from './call';
import type { Message } from './ports';
import { saying, utterancesIn, type Step, type Utterance } from './step';

/** What of a call is kept as it is. */
const KEPT = [
  'openedAt',
  'hops',
  'turnNumber',
  'handed',
  'lastSaid',
  'silences',
  'misunderstood',
  'errors',
  'ignoredNoise',
  'waiting',
  'holdings',
  'taking',
  'taken',
  'asking',
  'transfer',
  'warnedOf',
  'toldNobody',
  'notes',
  'tokens',
  'unproductive',
  'heardLately',
  'limited',
] as const;

/** An open call as plain data. */
export interface SavedConversation {
  from: string | undefined;
  to: string | undefined;
  test: boolean;
  trial: boolean;
  calling?: string | undefined;
  kept: Pick<Call, (typeof KEPT)[number]>;
  messages: readonly Message[];
  /** The answers to the latest webhooks, by their key. */
  answers: readonly (readonly [string, readonly Step[]])[];
}

/** A call as it stands, with the answers it gave last. */
export function saveConversation(call: Call, answers: SavedConversation['answers']): SavedConversation {
  const { from, to, test, trial, calling, history } = call;
  const kept = Object.fromEntries(KEPT.map((name) => [name, call[name]])) as SavedConversation['kept'];
  return { from, to, test, trial, calling, kept, messages: history, answers };
}

/** The same, with words alone where a clip cannot be had: the process may have been killed before its file was written. */
export async function withSoundsHere(
  saved: SavedConversation,
  soundsHere: (names: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<SavedConversation> {
  const utterances = saved.answers.flatMap(([, steps]) => utterancesIn(steps));
  const here = await soundsHere(utterances.flatMap(({ clip }) => clip?.name ?? []));
  const audible = ({ clip, ...said }: Utterance) => (clip && here.has(clip.name) ? { ...said, clip } : said);
  return { ...saved, answers: saved.answers.map(([key, steps]) => [key, saying(steps, audible)]) };
}

/** Has a call that was just opened go on where it was. */
export function goOnWith(call: Call, saved: SavedConversation): void {
  Object.assign(call, saved.kept);
  call.history = saved.messages;
  for (const [key, steps] of saved.answers) call.answers.set(key, Promise.resolve([...steps]));
}
