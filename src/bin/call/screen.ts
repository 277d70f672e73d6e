import type { Writable } from 'node:stream';
import type { CallEvent, CallReport, Heard } from '../../simulator/call-report';
import type { CallerAct } from '../../simulator/caller';
import type { Problem } from '../../simulator/problems';
import { isNoConnection } from './verdict';

/** A terminal, or a file that takes its place. */
export type Output = Writable & { isTTY?: boolean };

/** Shows a call as it happens. */
export interface Screen {
  show(event: CallEvent): void;
  /** The last lines: what was wrong, and how long the caller waited. */
  summarise(report: CallReport): void;
}

type Paint = (text: string) => string;

/** A screen on this output, in colour on a terminal. `showsCaller` is off where the caller's own typing is visible. */
export function createScreen(output: Output, { showsCaller }: { showsCaller: boolean }): Screen {
  const colour = (code: number): Paint =>
    output.isTTY === true ? (text) => `\u001b[${code}m${text}\u001b[0m` : (text) => text;
  const paint = { dim: colour(2), red: colour(31), yellow: colour(33), cyan: colour(36) };
  const print = (who: string, what: string): void => void output.write(`${who.padEnd(10)} ${what}\n`);
  let turnHeard = 0;
  let answered = false;

  return {
    show(event) {
      answered ||= event.kind === 'document';
      // That nobody answers is said in the end, in one sentence.
      if (!answered && (event.kind === 'ended' || (event.kind === 'problem' && isNoConnection(event.problem)))) return;
      if (event.kind === 'heard') {
        const first = event.heard.turn !== turnHeard;
        turnHeard = event.heard.turn;
        const wait = first ? `  ${paint.dim(`${event.heard.msAfterRequest} ms`)}` : '';
        print('Frontdesk', paint.cyan(describeHeard(event.heard)) + wait);
      }
      if (event.kind === 'caller' && (showsCaller || !('say' in event.act))) print('Caller', describeAct(event.act));
      if (event.kind === 'problem') print('Problem', paint.red(describeProblem(event.problem)));
      if (event.kind === 'warning') print('Warning', paint.yellow(event.warning));
      if (event.kind === 'ended') print('', paint.dim(describeEnd(event.by, event.busy)));
    },
    summarise(report) {
      const waits = firstAudio(report.heard);
      if (waits.length > 0) print('', paint.dim(`First audio of each turn after ${waits.join(', ')} ms`));
      const count = report.problems.length;
      print('', count === 0 ? 'No problems.' : paint.red(`${count} problem${count === 1 ? '' : 's'}.`));
    },
  };
}

/** A problem as one line. */
export function describeProblem({ code, message, url }: Problem): string {
  return `${code}: ${message} (${url})`;
}

function describeHeard(heard: Heard): string {
  if (heard.by === 'say') return `"${heard.text ?? ''}"`;
  return `♪ clip of ${(heard.durationMs / 1000).toFixed(1)} s`;
}

function describeAct(act: CallerAct): string {
  if ('say' in act) return `"${act.say}"`;
  if ('press' in act) return `presses ${act.press}`;
  return 'hangUp' in act ? 'hangs up' : 'says nothing';
}

function describeEnd(by: CallReport['endedBy'], busy: boolean): string {
  if (busy) return 'The line is busy.';
  const who = { server: 'Frontdesk ended the call.', caller: 'The caller hung up.', problem: 'The call broke off.' };
  return who[by];
}

function firstAudio(heard: readonly Heard[]): number[] {
  return heard.filter(({ turn }, at) => heard[at - 1]?.turn !== turn).map(({ msAfterRequest }) => msAfterRequest);
}
