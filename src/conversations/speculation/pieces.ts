import { tokensIn, type CallContext, type ReplyPiece, type Tokens } from '../ports';

/** A reply that was broken off does not tell, and is taken to have read everything. */
export function tokensOf({ messages }: CallContext, pieces: readonly ReplyPiece[], failed: boolean): Tokens {
  const usage = pieces.find((piece) => piece.kind === 'usage');
  if (usage) return usage.tokens;
  const content = wordsIn(pieces);
  const completion = tokensIn([{ role: 'assistant', content }]);
  return failed && completion === 0 ? { prompt: 0, completion } : { prompt: tokensIn(messages), completion };
}

const wordsIn = (pieces: readonly ReplyPiece[]) =>
  pieces.map((piece) => (piece.kind === 'words' ? piece.text : '')).join('');

/** What has come so far, with the part that was made audible in one: however fast it comes now, it is cut as it was then. */
export function withPart(pieces: readonly ReplyPiece[], part: string | undefined): readonly ReplyPiece[] {
  if (part === undefined) return pieces;
  const words = wordsIn(pieces);
  const rest = words.slice(words.indexOf(part) + part.length);
  return [
    ...pieces.filter(({ kind }) => kind !== 'words'),
    { kind: 'words', text: part, asOne: true },
    { kind: 'words', text: rest },
  ];
}
