import { Router, type Request, type Response } from 'express';
import { entered, refuse, sendPage } from '../answers';
import { visitorOf } from '../door/visitor';
import { tryItPage } from './try-it-page';

const CALL = '/api/try/:id';
const HEARTBEAT_MS = 15_000;
const MOST_CHARACTERS = 2_000;

/** The telephone's exchange: calls by their random ids. */
export interface TelephoneExchange {
  /** Places a call to the server at this address; undefined when too many are under way. */
  dial(url: string): string | undefined;
  /** Hands over what has happened and what happens next; gives the way to stop. Undefined for no such call. */
  listen(id: string, listener: (event: { kind: string }) => void): (() => void) | undefined;
  /** False when nobody listens just now. */
  say(id: string, words: string): boolean;
  press(id: string, keys: string): boolean;
  typing(id: string): void;
  hangUp(id: string): void;
}

/** /try: a telephone in the page. Its events come as server-sent events; what the caller does is posted. */
export function tryItRoutes(exchange: TelephoneExchange, language: () => string): Router {
  const router = Router();
  router.get('/try', (_request, response) => sendPage(response, tryItPage(visitorOf(response), language())));
  router.post('/api/try', (request, response) => {
    const id = exchange.dial(ownAddress(request));
    if (id === undefined) return refuse(request, response, allBusy);
    response.json({ success: true, id });
  });
  router.get(`${CALL}/events`, (request, response) => streamEvents(exchange, request, response));
  router.post(`${CALL}/say`, (request, response) => {
    const words = entered(request, 'words').trim().slice(0, MOST_CHARACTERS);
    answer(request, response, words !== '' && exchange.say(idOf(request), words));
  });
  router.post(`${CALL}/press`, (request, response) => {
    const keys = entered(request, 'keys');
    answer(request, response, /^[0-9*#]{1,40}$/.test(keys) && exchange.press(idOf(request), keys));
  });
  router.post(`${CALL}/typing`, (request, response) => {
    exchange.typing(idOf(request));
    response.json({ success: true });
  });
  router.post(`${CALL}/hang-up`, (request, response) => {
    exchange.hangUp(idOf(request));
    response.json({ success: true });
  });
  return router;
}

const idOf = (request: Request) => String(request.params['id']);

/** This very server, as a program on this machine reaches it. */
function ownAddress({ socket }: Request): string {
  const host = socket.localAddress === '::1' ? '[::1]' : '127.0.0.1';
  return `http://${host}:${socket.localPort ?? 80}`;
}

function answer(request: Request, response: Response, heard: boolean): void {
  if (heard) return void response.json({ success: true });
  refuse(request, response, notListening);
}

const allBusy = {
  status: 429,
  code: 'all_busy',
  error: 'Several browsers are on the telephone already.',
  remedy: 'Hang up in another window, or wait a moment.',
};

const notListening = {
  status: 409,
  code: 'not_listening',
  error: 'Nobody listens at this moment.',
  remedy: 'Wait until it has spoken, then say it again.',
};

function streamEvents(exchange: TelephoneExchange, request: Request, response: Response): void {
  const waiting: string[] = [];
  let send = (text: string) => void waiting.push(text);
  const stop = exchange.listen(idOf(request), (event) => send(`data: ${JSON.stringify(event)}\n\n`));
  if (!stop) return refuse(request, response, noCall);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' });
  send = (text) => void response.write(text);
  send(`${waiting.join('')}: begun\n\n`);
  const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS).unref();
  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
}

const noCall = { status: 404, code: 'no_call', error: 'There is no such call.', remedy: 'Dial again.' };
