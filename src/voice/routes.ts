import { Router, type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import type { RecordingReport, StatusReport } from '../common/call-reports';
import type { Log } from '../common/log';
import { maskPhone } from '../common/mask';
import type { CallFacts } from '../conversations/call';
import type { Conversations } from '../conversations/conversations';
import type { Step } from '../conversations/step';
import { addressesOf } from './addresses';
import { answerPlainly, answerTwiml } from './answers';
import { createAudioRoute, type ClipFinder } from './audio';
import { callFacts, field, heard, parameter, postedNumber, recordingIn, wholeNumber } from './form';
import { admission, createGuard, floodLimit, REFUSALS_A_MINUTE, waited, type GuardOptions } from './guard';
import { lastResort } from './last-resort';
import { createMachineRoute } from './machine';
import { createPartialRoute } from './partial';
import { createRecordingRoute } from './recording';
import { screenRoutes } from './screen';
import { createStatusRoute } from './status';
import { renderTwiml, type SayVoice } from './twiml';

/** When a webhook is answered whatever happens, in ms. */
const LATEST_ANSWER_MS = 4_800;
/** The same on a trial account, where Twilio waits 5 s at most. */
const LATEST_ON_TRIAL_MS = 3_800;
/** The routes that a caller waits at for a reply: their answers say where the time went. */
const TIMED = ['/process', '/continue'];

/** What the door to Twilio needs of the rest. */
export interface VoiceOptions {
  conversations: Conversations;
  clips: ClipFinder;
  guard: GuardOptions;
  sayVoice: () => SayVoice;
  /** Whether the Twilio account is on trial. */
  onTrial: () => boolean;
  /** Told of every status callback; must be done soon, since Twilio waits. */
  reported: (report: StatusReport) => Promise<void>;
  /** Told of every recording that Twilio has finished. */
  recorded: (report: RecordingReport) => Promise<void>;
  /** What a call that we placed is about; undefined for one that we did not. */
  placedFor: (id: string, callSid: string) => Promise<string | undefined>;
  /** Told when a machine has answered a call that we placed. */
  machineAnswered: (callSid: string, placedId: string) => Promise<void>;
  now: () => number;
  /** `took` says where the door's own time went, in ms. */
  webhookAnswered: (route: string, outcome: string, took?: { guard: number; twiml: number }) => void;
  log: Log;
}

type CallHandler = (facts: CallFacts, request: Request) => Promise<Step[]> | Step[];

/** The webhooks of Twilio, under /api/voice. Call-control routes answer in TwiML, whatever fails. */
export function createVoiceRoutes(options: VoiceOptions): Router {
  const { conversations, log } = options;
  const router = Router();
  router.get('/audio/:filename', createAudioRoute(options.clips, log));
  router.use(createGuard(options.guard));

  const control = (path: string, handler: CallHandler) => router.post(path, callControl(path, handler, options));
  control('/incoming', (facts) => {
    const { callSid, from, to, test = false } = facts;
    log.info('call_incoming', { callSid, data: { from: maskPhone(from ?? ''), to: maskPhone(to ?? ''), test } });
    return conversations.incoming(facts);
  });
  control('/process', (facts, request) =>
    conversations.hear(facts, { ...heard(request), turn: wholeNumber(request, 'turn') }),
  );
  router.post('/partial', createPartialRoute(options));
  control('/continue', (facts, request) =>
    conversations.keepSpeaking(facts, {
      turn: wholeNumber(request, 'turn') ?? 0,
      part: wholeNumber(request, 'part') ?? 0,
    }),
  );
  control('/fallback', async (facts, request) => {
    const data = { error_code: field(request, 'ErrorCode'), error_url: withoutQuery(field(request, 'ErrorUrl')) };
    log.error('twilio_error', { callSid: facts.callSid, data });
    const placed = parameter(request, 'placed');
    const calling = placed === undefined ? undefined : await options.placedFor(placed, facts.callSid);
    return conversations.recover({ ...facts, calling });
  });
  control('/transferred', (facts, request) =>
    conversations.transferred(facts, {
      turn: wholeNumber(request, 'turn') ?? 0,
      status: field(request, 'DialCallStatus') ?? 'unknown',
      seconds: postedNumber(request, 'DialCallDuration'),
    }),
  );
  control('/recorded', (facts, request) =>
    conversations.recorded(facts, { turn: wholeNumber(request, 'turn') ?? 0, voicemail: recordingIn(request) }),
  );
  control('/outbound', async (facts, request) => {
    const calling = await options.placedFor(parameter(request, 'placed') ?? '', facts.callSid);
    if (calling === undefined) return [{ kind: 'hangUp' }];
    return conversations.outgoing({ ...facts, calling }, { machine: parameter(request, 'machine') !== undefined });
  });
  router.post('/machine', createMachineRoute(options));
  router.use(screenRoutes({ ...options, baseOf: (response) => baseFor(response, options) }));
  router.post('/status', createStatusRoute(options));
  router.post('/recording', createRecordingRoute(options));
  router.use(answerErrors(log));
  return router;
}

function callControl(path: string, handler: CallHandler, options: VoiceOptions): RequestHandler {
  return async (request, response) => {
    const guard = waited(response);
    const called = callFacts(request);
    if (!called) return answerTwiml(response, lastResort());
    const facts = { ...called, ...marksOf(request, response, options) };
    const addresses = addressesOf(baseFor(response, options), facts.callSid);
    try {
      const steps = await inTime(handler(facts, request), facts.trial ? LATEST_ON_TRIAL_MS : LATEST_ANSWER_MS);
      const answered = performance.now();
      const document = renderTwiml(steps, { addresses, voice: options.sayVoice() });
      const twiml = performance.now() - answered;
      const stages = TIMED.includes(path) ? options.conversations.stages(facts.callSid) : undefined;
      answerTwiml(response, document, stages && { guard, ...stages, twiml });
      options.webhookAnswered(path, 'answered', { guard, twiml });
    } catch (error) {
      options.log.error('webhook_failed', { callSid: facts.callSid, step: path, data: { error: describe(error) } });
      answerTwiml(response, lastResort(addresses.process()));
      options.webhookAnswered(path, 'failed');
    }
  };
}

/** A call from this machine is a test, and may play at being on trial. */
function marksOf(request: Request, response: Response, { onTrial }: VoiceOptions): Pick<CallFacts, 'test' | 'trial'> {
  if (admission(response) === 'twilio') return { trial: onTrial() };
  return { test: true, trial: field(request, 'FrontdeskTrial') === 'true' };
}

/** A program on this machine gets relative URLs, so that it stays on this machine. */
const baseFor = (response: Response, { guard }: VoiceOptions) =>
  admission(response) === 'twilio' ? (guard.publicBaseUrl() ?? '') : '';

function inTime<T>(work: Promise<T> | T, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    Promise.resolve(work)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/** The kind and place of a defect; its message might hold a caller's words. */
const describe = (error: unknown) =>
  error instanceof Error ? `${error.name} ${error.stack?.split('\n').slice(1, 4).join(' ') ?? ''}` : typeof error;

/** Bodies that cannot be read are refused: without a body no signature can be checked. */
function answerErrors(log: Log): ErrorRequestHandler {
  const flood = floodLimit(REFUSALS_A_MINUTE);
  // eslint-disable-next-line max-params -- Express knows an error handler by its four parameters
  return (error: { status?: number }, request, response, next) => {
    if (response.headersSent) return next(error);
    return flood(request, response, () => {
      const status = error.status ?? 500;
      log.warn('webhook_refused', { data: { path: request.path, status } });
      answerPlainly(response, status, 'This request cannot be read.\n');
    });
  };
}

/** A URL without its query, which may hold what a caller is or said. */
const withoutQuery = (url: string | undefined) => url?.replace(/[?#].*$/s, '');
