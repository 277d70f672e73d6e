import { notFound, ok, refusal, type Answer, type TwilioRestRequest } from './twilio-rest-answers';
import { newSid, type StubCall, type StubRecording, type TwilioRestState } from './twilio-rest-state';

/** `/2010-04-01/Accounts/…/Calls`, `/Recordings` and `/Messages`; undefined for everything else. */
export function answerCalls(state: TwilioRestState, request: TwilioRestRequest): Answer | undefined {
  const [, kind = '', sid] =
    /\/Accounts\/[^/]+\/(Calls|Recordings|Messages)(?:\/(\w+))?(?:\.\w+)?$/.exec(request.path) ?? [];
  if (kind === 'Messages') return createText(state, request);
  if (kind === 'Calls') return sid ? updateCall(state, request, sid) : callsOf(state, request);
  if (kind === 'Recordings') return sid ? oneRecording(state, request, sid) : listRecordings(state, request);
  return undefined;
}

/** `messaging.twilio.com/v1/Services`: the one service that holds the number, while there is a campaign. */
export function answerMessaging(state: TwilioRestState, { path }: TwilioRestRequest): Answer {
  const meta = (key: string) => ({ key, page: 0, page_size: 50, next_page_url: null });
  if (path === '/v1/Services')
    return ok({
      services: state.campaign === undefined ? [] : [{ sid: 'MG' + '1'.repeat(32) }],
      meta: meta('services'),
    });
  if (path.endsWith('/PhoneNumbers'))
    return ok({
      phone_numbers: state.numbers.map(({ phone_number }) => ({ phone_number })),
      meta: meta('phone_numbers'),
    });
  return ok({ compliance: [{ campaign_status: state.campaign }], meta: meta('compliance') });
}

function callsOf(state: TwilioRestState, { method, form, query }: TwilioRestRequest): Answer {
  if (method === 'POST') {
    const call: StubCall = {
      sid: newSid('CA'),
      from: form.get('From') ?? '',
      to: form.get('To') ?? '',
      direction: 'outbound-api',
      status: 'queued',
      start_time: new Date().toUTCString(),
      end_time: null,
      duration: null,
    };
    state.calls.push(call);
    return ok(call, 201);
  }
  const since = Date.parse(query.get('StartTime>') ?? query.get('StartTime>=') ?? '') || 0;
  const calls = state.calls.filter(({ to, start_time: at }) => to === query.get('To') && Date.parse(at) >= since);
  return ok({ calls, page: 0, page_size: 200, next_page_uri: null });
}

function updateCall(state: TwilioRestState, request: TwilioRestRequest, sid: string): Answer {
  const call = state.calls.find((each) => each.sid === sid);
  if (!call) return notFound(request);
  const status = request.form.get('Status');
  if (status && call.status === 'completed') return refusal(400, 21220, 'Call is not in-progress. Cannot redirect.');
  if (status) call.status = status;
  return ok(call);
}

const json = ({ wav, ...recording }: StubRecording) => ({ source: 'RecordVerb', ...recording, status: 'completed' });

function listRecordings({ recordings }: TwilioRestState, { query }: TwilioRestRequest): Answer {
  const since = Date.parse(query.get('DateCreated>') ?? query.get('DateCreated>=') ?? '') || 0;
  const found = recordings.filter(({ date_created: at }) => Date.parse(at) >= since);
  return ok({ recordings: found.map(json), page: 0, page_size: 200, next_page_uri: null });
}

function oneRecording(state: TwilioRestState, request: TwilioRestRequest, sid: string): Answer {
  const index = state.recordings.findIndex((each) => each.sid === sid);
  const recording = state.recordings[index];
  if (!recording) return notFound(request);
  if (request.method === 'DELETE') {
    state.recordings.splice(index, 1);
    return { status: 204 };
  }
  if (!request.path.endsWith('.wav')) return ok(json(recording));
  if (state.recordingMisses > 0) {
    state.recordingMisses -= 1;
    return notFound(request);
  }
  return { status: 200, body: recording.wav };
}

function createText(state: TwilioRestState, { form }: TwilioRestRequest): Answer {
  if (state.textError !== undefined) return refusal(400, state.textError, 'Not sent');
  const text = { to: form.get('To') ?? '', from: form.get('From') ?? '', body: form.get('Body') ?? '' };
  state.texts.push(text);
  return ok({ sid: newSid('SM'), ...text, status: 'queued', error_code: null }, 201);
}
