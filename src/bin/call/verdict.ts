import type { CallReport } from '../../simulator/call-report';
import type { CallerAct } from '../../simulator/caller';
import type { Problem } from '../../simulator/problems';
import type { PhoneOptions } from './options';

/** What a scripted call was expected to bring and did not: lines left unsaid, words never heard. */
export function unfulfilled(report: CallReport, options: PhoneOptions, actsDone: number): Problem[] {
  const unsaid = options.acts.slice(actsDone).map((act): Problem => ({
    code: 'unsaid',
    message: `The call ended before the caller could do this: ${describe(act)}`,
    url: options.url,
  }));
  const said = report.heard.flatMap(({ text }) => text ?? []);
  const unmatched = options.expected
    .filter((pattern) => ![...said, said.join(' ')].some((text) => pattern.test(text)))
    .map(({ source }): Problem => ({
      code: 'unmatched',
      message: `Nothing said matches "${source}"`,
      url: options.url,
    }));
  return [...unsaid, ...unmatched];
}

/** Whether nobody picked up: not even the first request came through. */
export function nobodyAnswered({ documents, problems }: CallReport): boolean {
  return documents.length === 0 && problems.some(isNoConnection);
}

/** Whether a problem is a connection that could not be made. */
export function isNoConnection({ code }: Problem): boolean {
  return code === 11205 || code === 11210;
}

function describe(act: CallerAct): string {
  if ('say' in act) return `say "${act.say}"`;
  return 'press' in act ? `press ${act.press}` : 'stay silent';
}
