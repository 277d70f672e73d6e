import { UpstreamError } from '../../common/errors';
import type { ReplyPiece } from '../../conversations/ports';
import { readChunk } from './chunk';
import { createLeakFilter } from './leaks';
import type { Tally } from './tally';
import type { ToolCalls } from './tools';
import type { Watch } from './watch';

/** How long, in ms, the end of the stream may lag behind a finished reply. */
const LAST_EVENT_MS = 250;

/** What reading a reply needs beside the stream's events. */
export interface ReplyReading {
  watch: Watch;
  idleMs: number;
  toolCalls: ToolCalls;
  tally: Tally;
}

/**
 * A stream's events as pieces of a reply. Throws UpstreamError unless the model said that it had finished
 * (`finish_reason` stop or tool_calls) and what it said was words or a decision. Returns how to read the rest of the
 * stream, which holds nothing that anybody waits for.
 */
export async function* readReply(
  events: AsyncIterator<unknown>,
  { watch, idleMs, toolCalls, tally }: ReplyReading,
): AsyncGenerator<ReplyPiece, () => Promise<void>> {
  const leaks = createLeakFilter();
  let finish: string | undefined;
  while (finish === undefined) {
    const event = await watch.within(idleMs, 'stalled', events.next());
    if (event.done) throw new UpstreamError('groq', 'truncated');
    const chunk = readChunk(event.value);
    finish = chunk.finish;
    const content = leaks.add(chunk.content) + (finish === undefined ? '' : leaks.rest());
    const text = tally.add({ ...chunk, content });
    if (text !== '') yield { kind: 'words', text };
    yield* toolCalls.add([...chunk.toolCalls, ...leaks.takeCalls()]);
  }
  assertFinished(finish);
  yield* toolCalls.finish();
  if (!toolCalls.decided() && !tally.spoke()) throw new UpstreamError('groq', 'empty');
  const tokens = tally.tokens();
  if (tokens) yield { kind: 'usage', tokens };
  return () => drain(events, watch, tally);
}

function assertFinished(finish: string): void {
  if (finish === 'length') throw new UpstreamError('groq', 'length');
  if (finish !== 'stop' && finish !== 'tool_calls') {
    throw new UpstreamError('groq', 'truncated', { message: `groq: ended with finish_reason ${finish}` });
  }
}

/** Reads to the end, so that the connection can serve the next turn. Nothing here can spoil a finished reply. */
async function drain(events: AsyncIterator<unknown>, watch: Watch, tally: Tally): Promise<void> {
  const next = () => watch.within(LAST_EVENT_MS, 'stalled', events.next());
  try {
    for (let event = await next(); !event.done; event = await next()) tally.add(readChunk(event.value));
  } catch {
    return;
  }
}
