import { isDeepStrictEqual } from 'node:util';
import type { FlowInstance } from 'twilio/lib/rest/studio/v2/flow';
import type { Session } from '../session';
import { wordsOf, type SpokenFallback } from './spoken';
import { SILENCE_SECONDS } from './twiml';

/** By this name the flow is found again. */
const FLOW_NAME = 'frontdesk-fallback';
const MOST_LISTED = 1_000;

/** A published flow whose calls come in at `url`. */
export interface DeployedFlow {
  url: string;
  changed: boolean;
}

/** Makes and publishes the flow, or brings it up to date (twilio.com/docs/studio/rest-api/v2). Throws what the SDK throws. */
export async function deployFlow(session: Session, spoken: SpokenFallback): Promise<DeployedFlow> {
  const wanted = { friendlyName: FLOW_NAME, status: 'published' as const, definition: definitionOf(spoken) };
  const { flows } = session.twilio.studio.v2;
  const [existing] = await flowsOf(session);
  if (!existing) return { url: addressOf(await flows.create(wanted)), changed: true };
  const flow = await flows(existing.sid).fetch();
  const same = flow.status === 'published' && isDeepStrictEqual(flow.definition, wanted.definition);
  if (!same) await flows(existing.sid).update(wanted);
  return { url: addressOf(existing), changed: !same };
}

/** The published flow's address; undefined when there is none. Throws what the SDK throws. */
export async function readFlow(session: Session): Promise<{ url: string } | undefined> {
  const flow = (await flowsOf(session)).find(({ status }) => status === 'published');
  return flow && { url: addressOf(flow) };
}

/** Deletes the flow. Whether there was one. Throws what the SDK throws. */
export async function removeFlow(session: Session): Promise<boolean> {
  const flows = await flowsOf(session);
  for (const { sid } of flows) await session.twilio.studio.v2.flows(sid).remove();
  return flows.length > 0;
}

async function flowsOf({ twilio }: Session): Promise<FlowInstance[]> {
  const flows = await twilio.studio.v2.flows.list({ limit: MOST_LISTED });
  return flows.filter(({ friendlyName }) => friendlyName === FLOW_NAME);
}

/** Twilio's own examples show this address with http, and callers' numbers travel to it. */
const addressOf = ({ webhookUrl }: FlowInstance): string =>
  `${webhookUrl.replace(/^http:/, 'https:')}?Trigger=incomingCall`;

/** Trigger, apology, recording, goodbye; each state and event by the name Studio has for it. */
function definitionOf(spoken: SpokenFallback): object {
  const { opening, closing } = wordsOf(spoken);
  return {
    description: 'Made by Frontdesk. It answers while Frontdesk is down.',
    states: [
      state('Trigger', 'trigger', {
        row: 0,
        transitions: { incomingMessage: null, incomingCall: 'apology', incomingRequest: null },
      }),
      state('apology', 'say-play', {
        row: 1,
        transitions: { audioComplete: 'message' },
        properties: said(opening, spoken),
      }),
      state('message', 'record-voicemail', {
        row: 2,
        transitions: { recordingComplete: 'goodbye', noAudio: 'goodbye', hangup: null },
        properties: recorded(spoken),
      }),
      state('goodbye', 'say-play', {
        row: 3,
        transitions: { audioComplete: null },
        properties: said(closing, spoken),
      }),
    ],
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
  };
}

interface StateParts {
  /** Where Studio's canvas shows it. */
  row: number;
  /** Event to the state it leads to; null ends the flow. */
  transitions: Record<string, string | null>;
  properties?: Record<string, unknown>;
}

const state = (name: string, type: string, { row, transitions, properties = {} }: StateParts): object => ({
  name,
  type,
  transitions: Object.entries(transitions).map(([event, next]) => (next === null ? { event } : { next, event })),
  properties: { offset: { x: 0, y: row * 200 }, ...properties },
});

const said = (say: string, { voice, language }: SpokenFallback): Record<string, unknown> => ({
  loop: 1,
  say,
  voice,
  language,
});

const recorded = ({ recordSeconds }: SpokenFallback): Record<string, unknown> => ({
  transcribe: false,
  play_beep: 'true',
  finish_on_key: '#',
  timeout: SILENCE_SECONDS,
  max_length: recordSeconds,
  trim: 'trim-silence',
});
