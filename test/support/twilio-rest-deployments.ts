import { forbidden, notFound, ok, refusal, type Answer, type TwilioRestRequest } from './twilio-rest-answers';
import { newSid, type StubFlow, type StubService, type TwilioRestState } from './twilio-rest-state';

const meta = { next_page_url: null, previous_page_url: null, page: 0, page_size: 50 };

/** Twilio's Serverless API, `/v1/Services/…`, with its upload host. */
export function answerServerless(state: TwilioRestState, request: TwilioRestRequest): Answer {
  if (state.refuses.has('serverless')) return forbidden;
  const { method, form } = request;
  const [, , , serviceName, ...rest] = request.path.split('/');
  if (serviceName === undefined && method === 'POST') {
    const uniqueName = form.get('UniqueName') ?? '';
    if (state.service?.unique_name === uniqueName) return refusal(409, 20409, 'Unique name already in use');
    state.service = newService(uniqueName, form.get('FriendlyName') ?? '');
    return ok(state.service, 201);
  }
  const { service } = state;
  if (!service || ![service.sid, service.unique_name].includes(serviceName ?? '')) return notFound(request);
  if (rest.length > 0) return answerService(state, { service, rest, request });
  if (method !== 'DELETE') return ok(service);
  state.service = undefined;
  return { status: 204 };
}

const newService = (unique_name: string, friendly_name: string): StubService => ({
  sid: newSid('ZS'),
  unique_name,
  friendly_name,
  environment: undefined,
  functionEntry: undefined,
  versions: [],
  builds: [],
});

interface Within {
  service: StubService;
  /** What follows the service in the path. */
  rest: string[];
  request: TwilioRestRequest;
}

function answerService(state: TwilioRestState, within: Within): Answer {
  const { rest, request } = within;
  const shape = rest.map((part) => (/^Z[A-Z][0-9a-f]{32}$/.test(part) ? '*' : part)).join('/');
  const answers: Record<string, ((state: TwilioRestState, within: Within) => Answer) | undefined> = {
    'GET Environments': (_, { service }) => ok({ environments: [service.environment].filter(Boolean), meta }),
    'POST Environments': createEnvironment,
    'POST Environments/*/Deployments': deploy,
    'GET Functions': (_, { service }) => ok({ functions: [service.functionEntry].filter(Boolean), meta }),
    'POST Functions': createFunction,
    'POST Functions/*/Versions': upload,
    'GET Functions/*/Versions/*/Content': content,
    'POST Builds': build,
    'GET Builds/*': showBuild,
    'GET Builds/*/Status': buildStatus,
  };
  return answers[`${request.method} ${shape}`]?.(state, within) ?? notFound(request);
}

function createEnvironment(_: TwilioRestState, { service, request: { form } }: Within): Answer {
  const unique_name = form.get('UniqueName') ?? '';
  const domain_name = `${service.unique_name}-4242-${form.get('DomainSuffix') ?? ''}.twil.io`;
  service.environment = { sid: newSid('ZE'), unique_name, domain_name, build_sid: null };
  return ok(service.environment, 201);
}

function createFunction(_: TwilioRestState, { service, request: { form } }: Within): Answer {
  service.functionEntry = { sid: newSid('ZH'), friendly_name: form.get('FriendlyName') ?? '' };
  return ok(service.functionEntry, 201);
}

function upload(_: TwilioRestState, { service, request }: Within): Answer {
  const { Path, Visibility, Content } = request.parts;
  if (!Path || !Visibility || !Content) return refusal(400, 20001, 'Path, Visibility and Content are required');
  // Upper case is what Twilio's published examples answer.
  const version = { sid: newSid('ZN'), path: Path, visibility: Visibility.toUpperCase(), content: Content };
  service.versions.push(version);
  return ok(version, 201);
}

function build(state: TwilioRestState, { service, request: { form } }: Within): Answer {
  const made = {
    sid: newSid('ZB'),
    versions: form.getAll('FunctionVersions'),
    runtime: form.get('Runtime') ?? 'node22',
    polls: state.buildSteps,
  };
  service.builds.push(made);
  return ok({ ...made, status: 'building' }, 201);
}

const buildOf = ({ service, rest }: Within) => service.builds.find(({ sid }) => sid === rest[1]);

function showBuild(_: TwilioRestState, within: Within): Answer {
  const { service, request } = within;
  const found = buildOf(within);
  if (!found) return notFound(request);
  const function_versions = service.versions
    .filter(({ sid }) => found.versions.includes(sid))
    .map(({ content: _source, ...version }) => ({ ...version, function_sid: service.functionEntry?.sid }));
  return ok({ sid: found.sid, status: 'completed', runtime: found.runtime, function_versions, asset_versions: [] });
}

function buildStatus(state: TwilioRestState, within: Within): Answer {
  const found = buildOf(within);
  if (!found) return notFound(within.request);
  found.polls -= 1;
  const done = state.buildFails ? 'failed' : 'completed';
  return ok({ sid: found.sid, status: found.polls < 0 ? done : 'building' });
}

function deploy(_: TwilioRestState, { service, request }: Within): Answer {
  if (!service.environment) return notFound(request);
  service.environment.build_sid = request.form.get('BuildSid');
  return ok({ sid: newSid('ZD'), build_sid: service.environment.build_sid }, 201);
}

function content(_: TwilioRestState, { service, rest, request }: Within): Answer {
  const version = service.versions.find(({ sid }) => sid === rest[3]);
  return version ? ok({ sid: version.sid, content: version.content }) : notFound(request);
}

/** Twilio Studio, `/v2/Flows…`. */
export function answerStudio(state: TwilioRestState, request: TwilioRestRequest): Answer {
  if (state.refuses.has('studio')) return forbidden;
  const { method, path, form } = request;
  const sid = path.split('/')[3];
  // A list leaves the definitions out.
  if (sid === undefined && method === 'GET') {
    return ok({ flows: state.flows.map(({ definition: _definition, ...flow }) => flow), meta });
  }
  if (sid === undefined) {
    const flow = fillFlow(newFlow(), form);
    state.flows.push(flow);
    return ok(flow, 201);
  }
  const flow = state.flows.find((one) => one.sid === sid);
  if (!flow) return notFound(request);
  if (method === 'POST') return ok(fillFlow(flow, form));
  if (method === 'GET') return ok(flow);
  state.flows.splice(state.flows.indexOf(flow), 1);
  return { status: 204 };
}

function newFlow(): StubFlow {
  const sid = newSid('FW');
  const webhook_url = `http://webhooks.twilio.com/v1/Accounts/AC/Flows/${sid}`;
  return { sid, friendly_name: '', status: 'draft', definition: {}, revision: 0, webhook_url };
}

function fillFlow(flow: StubFlow, form: URLSearchParams): StubFlow {
  const definition = form.get('Definition');
  return Object.assign(flow, {
    friendly_name: form.get('FriendlyName') ?? flow.friendly_name,
    status: form.get('Status') ?? flow.status,
    definition: definition === null ? flow.definition : (JSON.parse(definition) as unknown),
    revision: flow.revision + 1,
  });
}
