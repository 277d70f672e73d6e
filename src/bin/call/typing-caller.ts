import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { CallerAct, CallerScript } from '../../simulator/caller';
import { KEYS } from './help';
import { readLine } from './typed-line';

/** A caller who types. `onInterrupt` is called on Ctrl-C; `close` gives the terminal back. */
export interface TypingCaller {
  script: CallerScript;
  close(): void;
}

/** Where the caller types and sees what was typed. */
interface Terminal {
  input: Readable;
  output: Writable & { isTTY?: boolean };
}

/** Asks for a line at every Gather; at the end of the input the caller hangs up. */
export function typingCaller({ input, output }: Terminal, onInterrupt: () => void): TypingCaller {
  const terminal = output.isTTY === true;
  const lines = createInterface({ input, ...(terminal ? { output } : {}), terminal, prompt: 'You        > ' });
  const nextLine = lineReader(lines);
  lines.on('SIGINT', onInterrupt);
  return {
    async script() {
      const askedAt = performance.now();
      const act = await askForAct(nextLine, () => {
        if (terminal) lines.prompt();
        return output;
      });
      // Typing while the prompt still plays is talking over it.
      return 'say' in act || 'press' in act ? { ...act, afterMs: performance.now() - askedAt } : act;
    },
    close: () => lines.close(),
  };
}

type NextLine = () => Promise<string | undefined>;

async function askForAct(nextLine: NextLine, prompt: () => Writable): Promise<CallerAct> {
  for (;;) {
    const output = prompt();
    const line = await nextLine();
    const act = line === undefined ? ({ hangUp: true } as const) : readLine(line);
    if (act !== 'help') return act;
    output.write(KEYS);
  }
}

// Lines that come before they are asked for must not be lost; after the last one there is undefined, forever.
function lineReader(lines: ReturnType<typeof createInterface>): NextLine {
  const iterator = lines[Symbol.asyncIterator]();
  return async () => {
    const result = await iterator.next();
    return result.done === true ? undefined : result.value;
  };
}
