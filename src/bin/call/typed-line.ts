import type { CallerAct } from '../../simulator/caller';

/** What a typed line means: something the caller does, or a wish for help. */
export function readLine(line: string): CallerAct | 'help' {
  const words = line.trim();
  if (words === '') return { silent: true };
  if (words === '/hangup') return { hangUp: true };
  const keys = /^\/press\s+([0-9*#]+)$/.exec(words)?.[1];
  if (keys !== undefined) return { press: keys };
  return words.startsWith('/') ? 'help' : { say: words };
}
