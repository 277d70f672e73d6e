import type { CallerAct } from './caller';
import type { Problem } from './problems';
import type { Listening } from './verbs/listening';

/** One answer to a webhook. `ms` runs from sending the request to the last byte. `fields` are those beyond the usual. */
export interface DocumentRecord {
  url: string;
  method: string;
  fields: Readonly<Record<string, string>>;
  status: number;
  ms: number;
  xml: string;
  /** The names of the verbs, outermost only. */
  verbs: string[];
}

/** Something played to the caller. `msAfterRequest` runs from the webhook that began the turn until it was ready. */
export interface Heard {
  by: 'say' | 'play';
  turn: number;
  text?: string;
  clipUrl?: string;
  durationMs: number;
  insideGather: boolean;
  msAfterRequest: number;
}

/** Who ended the call. */
export type EndedBy = 'server' | 'caller' | 'problem';

/** Everything that happened on a call. A call without problems is a clean call. */
export interface CallReport {
  callSid: string;
  documents: DocumentRecord[];
  heard: Heard[];
  problems: Problem[];
  warnings: string[];
  endedBy: EndedBy;
  /** Refused with a busy tone. */
  busy: boolean;
  /** Requests after the first: actions and redirects. */
  hops: number;
}

/** What an observer is told while a call runs. */
export type CallEvent =
  | { kind: 'document'; document: DocumentRecord }
  | { kind: 'heard'; heard: Heard }
  | { kind: 'listening'; listening: Listening }
  | { kind: 'caller'; act: CallerAct }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'warning'; warning: string }
  | { kind: 'ended'; by: EndedBy; busy: boolean };

/** Where a call writes down what happens; everything is also told to the observer. */
export interface Journal {
  readonly report: CallReport;
  tell(event: CallEvent): void;
}

/** An empty journal for one call. */
export function startJournal(callSid: string, onEvent: (event: CallEvent) => void = () => undefined): Journal {
  const report: CallReport = {
    callSid,
    documents: [],
    heard: [],
    problems: [],
    warnings: [],
    endedBy: 'server',
    busy: false,
    hops: 0,
  };
  return {
    report,
    tell(event) {
      note(report, event);
      onEvent(event);
    },
  };
}

function note(report: CallReport, event: CallEvent): void {
  if (event.kind === 'document') report.documents.push(event.document);
  if (event.kind === 'heard') report.heard.push(event.heard);
  if (event.kind === 'problem') report.problems.push(event.problem);
  if (event.kind === 'warning') report.warnings.push(event.warning);
  if (event.kind === 'ended') {
    report.endedBy = event.by;
    report.busy = event.busy;
  }
}
