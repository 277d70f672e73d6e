import type { Next, VerbAtWork } from '../call';
import { fail } from '../problems';
import { textOf } from '../twiml/parse';
import { unplayable } from '../twiml/rules';
import { runDial } from './dial';
import { runGather } from './gather';
import { noteHeard, prepare } from './prompt';
import { runRecord } from './record';

/** Runs one verb and says what it leads to. Unknown verbs do nothing: they were reported with the document. */
export async function runVerb(atWork: VerbAtWork): Promise<Next> {
  const { call, verb, document } = atWork;
  switch (verb.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      return runPrompt(atWork);
    case 'Gather':
      return runGather(atWork);
    case 'Record':
      return runRecord(atWork);
    case 'Dial':
      return runDial(atWork);
    case 'Redirect': {
      if (textOf(verb).trim() === '') fail(11100, 'A <Redirect> without a URL', document.address.posted);
      const method = verb.attributes['method'] === 'GET' && call.line.trial !== true ? 'GET' : 'POST';
      const address = call.addresses.follow(textOf(verb), document.address);
      return { fetch: { address, method, fields: {}, beginsTurn: false } };
    }
    case 'Hangup':
      return { end: 'server' };
    case 'Reject':
      return reject(atWork);
    default:
      return unplayable.has(verb.name) ? { end: 'server' } : undefined;
  }
}

async function runPrompt(atWork: VerbAtWork): Promise<Next> {
  const prompt = await prepare(atWork, false);
  noteHeard(atWork.call, prompt, false);
  await atWork.call.pace.wait(prompt.durationMs);
  return undefined;
}

function reject({ call, verb, document }: VerbAtWork): Next {
  const first = call.journal.report.documents.length === 1 && document.verbs[0] === verb;
  if (first) return { end: 'server', rejected: verb.attributes['reason'] === 'busy' ? 'busy' : 'no-answer' };
  const warning = `<Reject> is not the first verb of ${document.address.posted}: the call was answered, and is billed`;
  call.journal.tell({ kind: 'warning', warning });
  return { end: 'server' };
}
