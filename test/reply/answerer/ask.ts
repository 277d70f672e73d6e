import type { Profile } from '../../../src/common/profile';
import type { Decision, Message, Reply } from '../../../src/conversations/ports';

/** One turn as the answerer sees it. `said` is the conversation so far (caller, assistant, caller …), the caller last. */
export async function replyTo(
  reply: Reply,
  profile: Profile,
  said: string | string[],
): Promise<{ words: string; decisions: Decision[] }> {
  const history = [said].flat().map<Message>((content, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content,
  }));
  const messages: Message[] = [{ role: 'system', content: 'You answer the telephone.' }, ...history];
  const call = { callSid: 'CA0', from: '+12025550101', profile, messages };
  let words = '';
  const decisions: Decision[] = [];
  for await (const piece of reply(call, new AbortController().signal)) {
    if (piece.kind === 'words') words += piece.text;
    if (piece.kind === 'decision') decisions.push(piece.decision);
  }
  return { words, decisions };
}
