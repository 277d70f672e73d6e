import type { Rules } from '../../../common/rules';

/** What stands in the form, by the field's name, which is its place in the rules. */
export type RulesValues = Readonly<Record<string, string>>;

/** Left empty, these mean none: no limit, or for ever. */
const EMPTY_IS_NULL = ['limits.spendPerDay', 'privacy.transcriptDays', 'privacy.audioDays', 'privacy.numberDays'];
const YES_OR_NO = ['outbound.detectMachines', 'privacy.removeRecordings'];
const TEXTS = ['outbound.quietFrom', 'outbound.quietUntil', 'privacy.consent'];

/** The rules as the form shows them. */
export function valuesOf(rules: Rules): RulesValues {
  const groups = { limits: rules.limits, outbound: rules.outbound, privacy: rules.privacy };
  const single = Object.entries(groups).flatMap(([group, values]) =>
    Object.entries(values).map(([name, value]): [string, string] => [`${group}.${name}`, shown(value)]),
  );
  return { ...Object.fromEntries(single), blocked: rules.blocked.join('\n') };
}

function shown(value: string | number | boolean | readonly string[] | null | undefined): string {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return 'yes';
  return Array.isArray(value) ? value.join(' ') : String(value);
}

/** The form as rules that are still to be checked. */
export function rulesIn(values: RulesValues): Record<string, unknown> {
  const groups: Record<string, Record<string, unknown>> = { limits: {}, outbound: {}, privacy: {} };
  const names = Object.keys(values).filter((name) => /^(?:limits|outbound|privacy)\.\w+$/.test(name));
  for (const name of [...new Set([...names, ...YES_OR_NO])]) {
    const [group = '', field = ''] = name.split('.');
    const value = valueOf(name, values[name]?.trim() ?? '');
    if (value !== undefined && groups[group]) groups[group][field] = value;
  }
  return { ...groups, blocked: numbersIn(values['blocked'] ?? '') };
}

const COUNTRIES = 'outbound.countries';

/** A number may hold blanks, brackets and the like; a country does not. */
const numbersIn = (text: string) =>
  text
    .split(/[\n,;]+/)
    .map((each) => each.replace(/[\s().-]/g, ''))
    .filter(Boolean);

function valueOf(name: string, text: string): unknown {
  if (YES_OR_NO.includes(name)) return text !== '';
  if (name === COUNTRIES)
    return text
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
  if (TEXTS.includes(name)) return text === '' ? undefined : text;
  if (text === '') return EMPTY_IS_NULL.includes(name) ? null : undefined;
  const number = Number(text.replace(/,/g, ''));
  return Number.isNaN(number) ? text : number;
}
