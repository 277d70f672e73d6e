import type { Profile, Weekday } from '../../../common/profile';
import { readHours, writeHours } from './hours-text';

/** What stands in the form: a text for every field, by the field's name. A field's name is its place in the profile. */
export type FormValues = Readonly<Record<string, string>>;

/** A field that cannot be taken as it stands. `problem` completes a sentence that begins with the field. */
export interface FieldProblem {
  field: string;
  problem: string;
}

export const WEEKDAYS: readonly Weekday[] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];

/** Rows for questions that are not asked yet. */
const EMPTY_ROWS = 2;
/** As many as a profile may have, and some that are still empty. */
const MOST_ROWS = 510;

/** One a line, also those that were written over several by hand. */
const lines = (texts: readonly string[] | undefined) =>
  (texts ?? []).map((text) => text.replace(/\s*[\r\n]+\s*/g, ' ')).join('\n');

/** "callback number (phone)" is a field of that kind. */
function readField(line: string) {
  const [, name = line, kind = 'text'] = /^(.*?)\s*\((text|phone|email)\)$/i.exec(line) ?? [];
  return { name, kind: kind.toLowerCase() };
}

/** A profile as the form shows it. */
export function valuesOf(profile: Profile): FormValues {
  const { phrases, hours, transfer } = profile;
  const questions = profile.questions.flatMap(({ question, also, answer }, index): [string, string][] => [
    [`questions[${index}].question`, question],
    [`questions[${index}].also`, lines(also)],
    [`questions[${index}].answer`, answer],
  ]);
  return {
    ...Object.fromEntries(SINGLE.map((name) => [name, profile[name] ?? ''])),
    ...Object.fromEntries(LISTS.map((name) => [name, lines(profile[name])])),
    'hours.stated': hours ? 'yes' : '',
    ...Object.fromEntries(WEEKDAYS.map((day) => [`hours.${day}`, hours ? writeHours(hours[day]) : ''])),
    holidays: lines(profile.holidays.map(writeHoliday)),
    ...Object.fromEntries(questions),
    'phrases.holding': lines(phrases.holding),
    'phrases.reprompts': lines(phrases.reprompts),
    'phrases.notUnderstood': phrases.notUnderstood,
    'phrases.goodbye': phrases.goodbye,
    'transfer.number': transfer?.number ?? '',
    'transfer.when': transfer?.when ?? '',
    'transfer.keywords': lines(transfer?.keywords),
    'transfer.outsideHours': transfer?.outsideHours ? 'yes' : '',
    'messages.ask': lines(profile.messages?.ask),
    fields: lines(profile.fields.map(({ name, kind }) => (kind === 'text' ? name : `${name} (${kind})`))),
  };
}

const SINGLE = [
  'businessName',
  'greeting',
  'timeZone',
  'language',
  'country',
  'voice',
  'sayVoice',
  'instructions',
  'tone',
] as const;
const LISTS = ['facts', 'hints'] as const;

/**
 * The form as a profile that is still to be checked, and what could not be read at all. What the form does not show
 * (a recorded greeting) is taken over from `before`.
 */
export function profileIn(values: FormValues, before: Profile): { input: unknown; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const one = (name: string) => values[name]?.trim() || undefined;
  const list = (name: string) => linesIn(values[name]);
  const optionalList = (name: string) => (list(name).length > 0 ? list(name) : undefined);
  const input = {
    ...Object.fromEntries(SINGLE.map((name) => [name, one(name)])),
    ...Object.fromEntries(LISTS.map((name) => [name, list(name)])),
    greetingAudio: before.greetingAudio,
    hours: values['hours.stated'] ? hoursIn(values, problems) : undefined,
    holidays: holidaysIn(values['holidays'], problems),
    questions: questionsIn(values),
    phrases: {
      holding: optionalList('phrases.holding'),
      reprompts: optionalList('phrases.reprompts'),
      notUnderstood: one('phrases.notUnderstood'),
      goodbye: one('phrases.goodbye'),
    },
    transfer: transferIn(one('transfer.number'), {
      when: one('transfer.when'),
      keywords: optionalList('transfer.keywords'),
      outsideHours: values['transfer.outsideHours'] ? true : undefined,
    }),
    messages: { ask: list('messages.ask') },
    fields: list('fields').map(readField),
  };
  return { input: withoutUndefined(input), problems };
}

/** Rules without a number would have nobody to ring: the profile's own check says so. */
const transferIn = (number: string | undefined, rules: Readonly<Record<string, unknown>>): unknown =>
  number === undefined && Object.values(rules).every((rule) => rule === undefined)
    ? undefined
    : { number: (number ?? '').replace(/[\s().-]/g, ''), ...rules };

/** As if what is not there had never been written: a default then takes its place. */
const withoutUndefined = (input: unknown): unknown => JSON.parse(JSON.stringify(input)) as unknown;

const linesIn = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

function hoursIn(values: FormValues, problems: FieldProblem[]): Record<string, string[]> {
  return Object.fromEntries(
    WEEKDAYS.map((day) => {
      const spans = readHours(values[`hours.${day}`] ?? '');
      if (!spans)
        problems.push({ field: `hours.${day}`, problem: 'must look like 9:00 – 12:30, 13:30 – 18:00, or be empty' });
      return [day, spans ?? []];
    }),
  );
}

/** A time that cannot be part of a name: with minutes, or with am or pm. */
const TIME = String.raw`(?:\d{1,2}[:.]\d{2}(?:\s?[ap]m\b)?|\d{1,2}\s?[ap]m\b)`;
/** "2026-12-24 9:00 – 12:00 Christmas Eve": a date, hours if it is open for some, and a name. */
const HOLIDAY = new RegExp(
  String.raw`^(\d{4}-\d{2}-\d{2})\s*[:,]?\s*((?:${TIME}\s*[-–]\s*${TIME}(?:\s*,\s*)?)*)(.*)$`,
  'i',
);

function holidaysIn(text: string | undefined, problems: FieldProblem[]): unknown[] {
  return linesIn(text).map((line) => {
    const [, date, hours = '', name = ''] = HOLIDAY.exec(line) ?? [];
    const spans = readHours(hours.replace(/,\s*$/, ''));
    if (date === undefined || !spans) {
      problems.push({
        field: 'holidays',
        problem: `must begin each line with a date like 2026-12-25 (it says “${line}”)`,
      });
    }
    return { date, hours: spans ?? [], ...(name.trim() ? { name: name.trim() } : {}) };
  });
}

const writeHoliday = ({ date, name, hours }: Profile['holidays'][number]): string =>
  [date, writeHours(hours), name ?? ''].filter(Boolean).join(' ');

/** A row that is left empty is no question. */
const questionsIn = (values: FormValues): unknown[] =>
  questionRows(values)
    .map((row) => ({
      question: values[`${row}.question`]?.trim() ?? '',
      also: linesIn(values[`${row}.also`]),
      answer: values[`${row}.answer`]?.trim() ?? '',
    }))
    .filter(({ question, also, answer }) => question !== '' || answer !== '' || also.length > 0);

/** The names of the rows that hold something, in order. */
export function questionRows(values: FormValues): string[] {
  const rows = new Set<number>();
  for (const name of Object.keys(values)) {
    const row = /^questions\[(\d{1,3})\]\./.exec(name)?.[1];
    if (row !== undefined && values[name]?.trim()) rows.add(Number(row));
  }
  return [...rows]
    .sort((a, b) => a - b)
    .slice(0, MOST_ROWS)
    .map((row) => `questions[${row}]`);
}

/** As many more rows for new questions. */
export function emptyRows(values: FormValues): string[] {
  const last = Math.max(-1, ...questionRows(values).map((row) => Number(/\d+/.exec(row)?.[0] ?? 0)));
  return Array.from({ length: EMPTY_ROWS }, (_, index) => `questions[${last + 1 + index}]`);
}
