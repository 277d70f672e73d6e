import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { config as loadDotenv } from 'dotenv';
import { createApp, loadProfile, type Frontdesk } from './app';
import { ConfigError } from './common/errors';
import type { Profile } from './common/profile';
import { createLog, type ClosableLog } from './common/winston-log';
import { adviceFor, readConfig, type Config, type InUse } from './config';

/** How long turns in flight may take to finish after a stop signal, in ms; none takes over 5 s. */
const DRAIN_MS = 10_000;
/** Who calls while we start is answered before pages and voices are loaded, which takes some tenths of a second. */
const CALLS_FIRST_MS = 200;

/**
 * By itself V8 looks through all memory each time a tenth of it was added, with a hundred calls every 4 s, and some turn
 * waits for that. Now twice as much as is in use may be added first. A V8 that does not know this goes on as ever.
 */
const MEMORY_GROWTH = '--heap-growing-percent=200';

async function main(environment: NodeJS.ProcessEnv): Promise<void> {
  const { config, profile } = readSettings(environment);
  let secrets = () => secretsIn(config);
  const log = startLog(config, () => secrets());
  const app = createApp(config, { log, profile });
  await app.ready();
  secrets = () => [...secretsIn(config), ...app.secrets()];
  const server = await listen(app, config);
  announce(server, config, await app.inUse());
  const stopping = stopSignal();
  await sleep(CALLS_FIRST_MS);
  await offerSetup(app, server);
  void app.warmUp();
  const signal = await stopping;
  process.stdout.write(`${signal}: finishing what is under way.\n`);
  app.stopSoon();
  await drain(server);
  await app.close();
  await log.close();
}

/** The configuration and the profile; the problems of both are named together. */
function readSettings(environment: NodeJS.ProcessEnv): { config: Config; profile: Profile } {
  const [config, profile] = [
    attempt(() => readConfig(environment)),
    attempt(() => loadProfile(environment['PROFILE_FILE']?.trim() || undefined)),
  ];
  if (config instanceof ConfigError || profile instanceof ConfigError) {
    throw new ConfigError(
      [config, profile].flatMap((result) => (result instanceof ConfigError ? result.problems : [])),
    );
  }
  return { config, profile };
}

function attempt<T>(read: () => T): T | ConfigError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

const secretsIn = (config: Config): string[] =>
  [config.TWILIO_AUTH_TOKEN, config.GROQ_API_KEY, config.GOOGLE_API_KEY, config.ADMIN_TOKEN, config.SECRET_KEY].filter(
    (secret) => secret !== undefined,
  );

function startLog(config: Config, secrets: () => string[]): ClosableLog {
  const log = createLog({
    directory: config.LOG_DIR,
    level: config.LOG_LEVEL,
    transcripts: config.LOG_TRANSCRIPTS,
    secrets,
    console: true,
  });
  const survive = (error: unknown) =>
    log.error('defect', { data: { error: error instanceof Error ? error.stack : typeof error } });
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  process.stdout.on('error', () => undefined); // nobody reads any more; a reason to be quiet, not to end
  return log;
}

/** How somebody who is not at this machine sets the first password, as long as there is none. */
async function offerSetup(app: Frontdesk, server: Server): Promise<void> {
  const link = await app.setupLink();
  if (link === undefined) return;
  const where = addressOf(server);
  process.stdout.write(
    `Open ${where}/ on this machine. From elsewhere, this link sets the password, once: ${where}${link}\n`,
  );
}

function addressOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || !address) return 'http://localhost';
  return `http://${address.address.includes(':') ? `[${address.address}]` : address.address}:${address.port}`;
}

function listen(app: Frontdesk, { PORT, HOST }: Config): Promise<Server> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 }, app);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, PORT, HOST)));
    server.listen(PORT, HOST, () => resolve(server));
  });
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const notOurs = `HOST ${host} is no address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 in a container.`;
  const reasons: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop that, or set PORT to another number.`,
    EACCES: `Port ${port} is not ours to open. Set PORT to a number from 1024 up.`,
    ENOTFOUND: notOurs,
    EADDRNOTAVAIL: notOurs,
  };
  return new Error(reasons[error.code ?? ''] ?? `Frontdesk cannot listen on ${host}:${port}: ${error.message}`);
}

function announce(server: Server, config: Config, inUse: InUse): void {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  const lines = [
    `Frontdesk answers at http://${config.HOST}:${port}`,
    ...adviceFor(inUse).map((line) => `  - ${line}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** A terminal's Ctrl-C comes twice under npm; a listener that stays keeps the second from killing us. */
const stopSignal = () =>
  new Promise<NodeJS.Signals>((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });

/** Stops accepting, lets turns in flight finish, and closes what is still open after a while. */
function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const limit = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(limit);
      resolve();
    });
  });
}

setFlagsFromString(MEMORY_GROWTH);
loadDotenv({ quiet: true });
main(process.env).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
