import type { GuessInVain } from './book';
import type { Call } from './call';
import type { ConversationParts } from './parts';

/** What a model read and made, and what the voice spoke. */
type InVain = Pick<GuessInVain, 'model'> & Partial<Pick<GuessInVain, 'tokens' | 'characters'>>;

/**
 * What was asked for and then heard by nobody costs as much as what was heard: it goes into the book. It does not count
 * towards the limit of its call, whose caller has had nothing of it.
 */
export function payInVain(
  { book, clock, voice }: ConversationParts,
  call: Call,
  { model, tokens = { prompt: 0, completion: 0 }, characters = 0 }: InVain,
): void {
  const { callSid, profile } = call;
  book.guessedInVain({ callSid, at: clock.now(), model, tokens, voice: voice(profile).name, characters });
}
