import type { Request, Response } from 'express';
import { refuse } from '../../answers';

/** At most one sign of a change in so many ms, and a sign of life. */
const AT_MOST_EVERY_MS = 500;
const HEARTBEAT_MS = 15_000;
/** Streams at once: each holds a connection for as long as its page is open. */
const MOST_STREAMS = 50;
const AGAIN_S = 60;

/** Proxies are asked to hand on every piece as it comes. */
const HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** What the streams need. */
export interface LiveOptions {
  /** Tells a listener of every change; gives the way to stop. */
  onChange(listener: () => void): () => void;
  /** Whether whoever asked may still see it. */
  mayStillSee(request: Request, response: Response): Promise<boolean>;
}

/** What changes in the call book, as server-sent events. */
export interface Live {
  /** Answers with a stream, or with 503 where there are too many. It ends once its visitor is signed out. */
  stream(request: Request, response: Response): void;
  /** Ends every stream, for good: the process is about to stop. Browsers come again until somebody answers. */
  end(): void;
}

/** Streams of what changes; none is open yet. */
export function createLive(options: LiveOptions): Live {
  const open = new Set<Response>();
  let ended = false;
  return {
    stream(request, response) {
      if (ended) return void request.socket.destroy(); // an answer would keep a browser from coming again
      if (open.size >= MOST_STREAMS) return refuse(request, response.set('Retry-After', String(AGAIN_S)), tooMany);
      open.add(response);
      response.on('close', () => open.delete(response));
      begin(options, request, response);
    },
    end() {
      ended = true;
      for (const response of open) response.end();
    },
  };
}

const tooMany = {
  status: 503,
  code: 'too_many_streams',
  error: `${MOST_STREAMS} pages listen already.`,
  remedy: 'Close some of them, or load the page again to see what is new.',
};

function begin({ onChange, mayStillSee }: LiveOptions, request: Request, response: Response): void {
  response.writeHead(200, HEADERS);
  response.write('event: begun\ndata: now\n\n'); // a page that hears nothing knows that a proxy holds it back
  const tell = async (words: string) => {
    const welcome = await mayStillSee(request, response).catch(() => false);
    if (response.writableEnded) return;
    if (welcome) response.write(words);
    else response.end();
  };
  let waiting: NodeJS.Timeout | undefined;
  const stop = onChange(() => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      void tell('data: changed\n\n');
    }, AT_MOST_EVERY_MS);
  });
  const heartbeat = setInterval(() => void tell(': still here\n\n'), HEARTBEAT_MS).unref();
  response.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(waiting);
    stop();
  });
}
