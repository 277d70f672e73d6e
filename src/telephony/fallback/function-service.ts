import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceContext } from 'twilio/lib/rest/serverless/v1/service';
import type { EnvironmentInstance } from 'twilio/lib/rest/serverless/v1/service/environment';
import { refused, type Failure } from '../failure';
import { isNotFound } from '../refusal';
import type { Session } from '../session';
import { FUNCTION_PATH, functionSource } from './function-source';
import type { SpokenFallback } from './spoken';

/** By this name the service is found again; Twilio keeps it unique within the account. */
const SERVICE_NAME = 'frontdesk-fallback';
const ENVIRONMENT = 'live';
const FUNCTION = 'answer';
const RUNTIME = 'node22';
const MOST_LISTED = 50;

/** The SDK's instances from lists and creations cannot be acted upon (6.2.0 loses their SID), so contexts are used. */
interface Service {
  sid: string;
  api: ServiceContext;
}

/** A Function that answers at `url`; `changed` tells whether it had to be made or made anew. */
export interface DeployedFunction {
  ok: true;
  url: string;
  changed: boolean;
}

/**
 * Makes the Function with these words, or brings it up to date: service, environment, function, version, build,
 * deployment (twilio.com/docs/serverless/api). Sends nothing new when it already says them. Throws what the SDK
 * throws.
 */
export async function deployFunction(
  session: Session,
  spoken: SpokenFallback,
  buildPollMs: number,
): Promise<DeployedFunction | Failure> {
  const service = await ensureService(session);
  const environment = await ensureEnvironment(service);
  const url = addressOf(environment);
  const source = functionSource(spoken);
  if ((await deployedSource(service, environment)) === source) return { ok: true, url, changed: false };
  const functionSid = await ensureFunction(service);
  const build = await buildVersion(
    service,
    await uploadVersion(session, { service, functionSid, source }),
    buildPollMs,
  );
  if (!build.ok) return build;
  await service.api.environments(environment.sid).deployments.create({ buildSid: build.sid });
  return { ok: true, url, changed: true };
}

/** The Function as it is deployed; undefined when there is none. Throws what the SDK throws. */
export async function readFunction(session: Session): Promise<{ url: string; runtime: string } | undefined> {
  const service = await existingService(session);
  if (!service) return undefined;
  const environment = await findEnvironment(service);
  if (!environment?.buildSid) return undefined;
  const { runtime } = await service.api.builds(environment.buildSid).fetch();
  return { url: addressOf(environment), runtime };
}

/** Deletes the service with all in it. Whether there was one. Throws what the SDK throws. */
export async function removeFunction(session: Session): Promise<boolean> {
  const service = await existingService(session);
  return service ? service.api.remove() : false;
}

async function existingService({ twilio }: Session): Promise<Service | undefined> {
  try {
    const { sid } = await twilio.serverless.v1.services(SERVICE_NAME).fetch();
    return { sid, api: twilio.serverless.v1.services(sid) };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function ensureService(session: Session): Promise<Service> {
  const existing = await existingService(session);
  if (existing) return existing;
  const { services } = session.twilio.serverless.v1;
  const { sid } = await services.create({ uniqueName: SERVICE_NAME, friendlyName: 'Frontdesk fallback' });
  return { sid, api: services(sid) };
}

async function findEnvironment(service: Service): Promise<EnvironmentInstance | undefined> {
  const environments = await service.api.environments.list({ limit: MOST_LISTED });
  return environments.find(({ uniqueName }) => uniqueName === ENVIRONMENT);
}

const ensureEnvironment = async (service: Service): Promise<EnvironmentInstance> =>
  (await findEnvironment(service)) ??
  service.api.environments.create({ uniqueName: ENVIRONMENT, domainSuffix: ENVIRONMENT });

async function ensureFunction(service: Service): Promise<string> {
  const functions = await service.api.functions.list({ limit: MOST_LISTED });
  const existing = functions.find(({ friendlyName }) => friendlyName === FUNCTION);
  return (existing ?? (await service.api.functions.create({ friendlyName: FUNCTION }))).sid;
}

const addressOf = ({ domainName }: EnvironmentInstance): string => `https://${domainName}${FUNCTION_PATH}`;

/** What is deployed, to be compared; undefined when nothing is, or by another runtime or without protection. */
async function deployedSource(service: Service, { buildSid }: EnvironmentInstance): Promise<string | undefined> {
  if (!buildSid) return undefined;
  try {
    const { functionVersions, runtime } = await service.api.builds(buildSid).fetch();
    const version = (functionVersions as BuiltVersion[] | null)?.[0];
    if (!version || version.visibility.toLowerCase() !== 'protected' || runtime !== RUNTIME) return undefined;
    const { content } = await service.api
      .functions(version.function_sid)
      .functionVersions(version.sid)
      .functionVersionContent()
      .fetch();
    return content;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** A version as a Build's answer lists it; the SDK leaves it as it came. */
interface BuiltVersion {
  sid: string;
  function_sid: string;
  visibility: string;
}

/** Protected: Twilio itself refuses every request to it that is not signed with the account's token. */
async function uploadVersion(
  session: Session,
  { service, functionSid, source }: { service: Service; functionSid: string; source: string },
): Promise<string> {
  const form = new FormData();
  form.append('Path', FUNCTION_PATH);
  form.append('Visibility', 'protected');
  form.append('Content', new Blob([source], { type: 'application/javascript' }), `${FUNCTION}.js`);
  const version = await session.upload(`/v1/Services/${service.sid}/Functions/${functionSid}/Versions`, form);
  return String(version['sid']);
}

async function buildVersion(
  service: Service,
  versionSid: string,
  pollMs: number,
): Promise<{ ok: true; sid: string } | Failure> {
  const { sid } = await service.api.builds.create({ functionVersions: [versionSid], runtime: RUNTIME });
  for (;;) {
    const { status } = await service.api.builds(sid).buildStatus().fetch();
    if (status === 'completed') return { ok: true, sid };
    if (status === 'failed') return buildFailed;
    await sleep(pollMs);
  }
}

const buildFailed = refused({
  field: null,
  code: 'build_failed',
  error: 'Twilio could not build the Function.',
  remedy: 'Try again later.',
});
