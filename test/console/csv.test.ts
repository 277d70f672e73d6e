import type { ListedCall } from '../../src/common/call-record';
import { CSV_HEADING, toCsv } from '../../src/console/pages/calls/csv';

const call: ListedCall = {
  sid: 'CA1',
  direction: 'inbound',
  from: '+12025550101',
  to: '+12025550100',
  test: false,
  startedAt: Date.UTC(2026, 10, 21, 9),
  endedAt: undefined,
  durationS: undefined,
  status: 'in-progress',
  outcome: undefined,
  limited: undefined,
  answeredBy: undefined,
  turns: 1,
  opening: undefined,
};

/** The caller's first words as they stand in the file. */
const cellOf = (opening: string) => toCsv([{ ...call, opening }]).split('","')[6 + 2] ?? '';

test('a call is a line, with quotes around everything and numbers as they are', () => {
  expect(CSV_HEADING + toCsv([{ ...call, opening: 'When are you "open"?' }])).toBe(
    '"sid","started_at","direction","from","to","outcome","seconds","turns","first_words","test","answered_by"\r\n' +
      '"CA1","2026-11-21T09:00:00.000Z","inbound","+12025550101","+12025550100","going on","","1","When are you ""open""?","no",""\r\n',
  );
});

test.each([
  ['=1+1'],
  [' =1+1'],
  ['\n=1+1'],
  ['\t1'],
  ['＝1+1'],
  ['\u200b=1+1'],
  ['\ufeff\u2060＋1'],
  ['\u00ad@SUM(A1)'],
  ['−1+1'],
  ['-1'],
  ['+1 202'],
])('words that a spreadsheet may take for a formula are made harmless: %j', (words) => {
  expect(cellOf(words)).toBe(`'${words}`);
});

test.each([['hello;=1+1'], ["I'm 1+1"], ['2=2'], ['\u200bhello'], ['+12025550143']])(
  'other words stay as they were: %j',
  (words) => {
    expect(cellOf(words)).toBe(words);
  },
);
