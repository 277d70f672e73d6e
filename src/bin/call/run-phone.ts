import { parse } from 'dotenv';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { CallEvent, CallReport } from '../../simulator/call-report';
import { sayInTurn } from '../../simulator/caller';
import type { PhoneLine } from '../../simulator/phone-line';
import { placeCall } from '../../simulator/place-call';
import { KEYS, USAGE } from './help';
import { isLoopback, readLocalKey } from './local-key';
import { UsageError, readOptions } from './options';
import type { PhoneOptions } from './options';
import { createScreen, describeProblem } from './screen';
import type { Output } from './screen';
import { typingCaller } from './typing-caller';
import { nobodyAnswered, unfulfilled } from './verdict';

type Settings = Readonly<Record<string, string | undefined>>;

/** What the telephone is connected to. `folder` is where `.env` and `data/` are; by default the current one. */
export interface PhoneIo {
  env: Settings;
  input: Readable;
  output: Output;
  errors: Output;
  folder?: string;
}

/**
 * The telephone in the terminal: `argv` without the program's name. Resolves to the exit status: 0 a clean call, 1 a
 * call with problems, 2 nobody answers or the command line is wrong.
 */
export async function runPhone(argv: readonly string[], io: PhoneIo): Promise<number> {
  try {
    const settings = { ...(await readDotEnv(io.folder ?? '.')), ...io.env };
    const options = readOptions(argv, settings);
    if (options.help) {
      io.output.write(USAGE);
      return 0;
    }
    const line = await lineFor(options, resolve(io.folder ?? '.', settings['DATA_DIR'] || 'data'));
    const scripted = options.json || options.acts.length > 0 || options.expected.length > 0;
    return finish(await (scripted ? callByScript(line, options, io) : callByTyping(line, io)), options, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.errors.write(`${error.message}\nSee --help.\n`);
    return 2;
  }
}

async function readDotEnv(folder: string): Promise<Record<string, string>> {
  return readFile(join(folder, '.env'), 'utf8').then(parse, () => ({}));
}

async function lineFor(options: PhoneOptions, dataDir: string): Promise<PhoneLine> {
  const { url, from, to, publicUrl, trial, real } = options;
  const localKey = options.authToken === undefined && isLoopback(url) ? await readLocalKey(dataDir) : undefined;
  const authToken = options.authToken ?? localKey;
  return {
    url,
    from,
    trial,
    pace: real ? 'real' : 'instant',
    ...(to === undefined ? {} : { to }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(authToken === undefined ? {} : { authToken }),
    // The local key is for this machine's own address, whatever the public one is.
    ...(localKey === undefined ? {} : { signFor: 'posted' }),
  };
}

async function callByScript(line: PhoneLine, options: PhoneOptions, io: PhoneIo): Promise<CallReport> {
  const screen = createScreen(io.output, { showsCaller: true });
  let acts = 0;
  const onEvent = (event: CallEvent): void => {
    if (event.kind === 'caller') acts += 1;
    if (!options.json) screen.show(event);
  };
  const report = await placeCall({ ...line, onEvent }, sayInTurn(options.acts, 'hang up'));
  const missing = nobodyAnswered(report) ? [] : unfulfilled(report, options, acts);
  if (!options.json) missing.forEach((problem) => screen.show({ kind: 'problem', problem }));
  return { ...report, problems: [...report.problems, ...missing] };
}

async function callByTyping(line: PhoneLine, io: PhoneIo): Promise<CallReport> {
  const screen = createScreen(io.output, { showsCaller: io.output.isTTY !== true });
  const hangUp = new AbortController();
  const caller = typingCaller(io, () => {
    io.output.write('\n');
    hangUp.abort();
  });
  io.output.write(KEYS);
  try {
    return await placeCall({ ...line, signal: hangUp.signal, onEvent: (event) => screen.show(event) }, caller.script);
  } finally {
    caller.close();
  }
}

function finish(report: CallReport, options: PhoneOptions, io: PhoneIo): number {
  if (options.json) io.output.write(`${JSON.stringify(report, null, 2)}\n`);
  if (nobodyAnswered(report)) {
    io.errors.write(`Nothing answers at ${options.url}: start Frontdesk with \`npm start\`\n`);
    return 2;
  }
  if (!options.json) createScreen(io.output, { showsCaller: true }).summarise(report);
  else report.problems.forEach((problem) => io.errors.write(`${describeProblem(problem)}\n`));
  return report.problems.length === 0 ? 0 : 1;
}
