import { profileSchema } from '../../../src/common/profile';
import { answerAboutHours } from '../../../src/reply/answerer/hours-question';
import { loadProfile } from '../../../src/settings/profile-file';
import { bakery, dentist } from './profiles';

const workshop = loadProfile(undefined);
/** A Friday in New York, 18:50, after closing. */
const fridayEvening = new Date('2026-11-20T23:50:00Z');
const hoursOf = (said: string) => answerAboutHours(said, workshop, fridayEvening);

test.each([
  ['are you open the day after tomorrow', 'On Sunday, November 22 we are closed.'],
  ['are you open the day after thanksgiving', /^On Friday, November 27 we are open from 9 AM/],
  ['are you open the day before Christmas', /December 24.*9 AM to noon/],
  ['are you open on the 24th of December', /December 24.*9 AM to noon/],
  ['are you open 12/24', /December 24.*9 AM to noon/],
  ['are you open on Dec 24', /December 24.*9 AM to noon/],
  ['are you open on the first of January', /January 1 we are closed for New Year's Day/],
  ['do you open on the 26th', /November 26 we are closed for Thanksgiving/],
  ['are you open on 4th of July', 'On Sunday, July 4 we are closed.'],
  ['what time do you close today and tomorrow', /^Today.*6 PM\. Tomorrow.*4 PM\.$/],
  ['are you open now or should I come tomorrow', /^No, we are closed.*Tomorrow we are open from 10 AM to 4 PM\.$/],
  ['are you open on Christmas Eve and Christmas Day', /December 24.*December 25 we are closed/],
  ['next Saturday?', 'On Saturday we are open from 10 AM to 4 PM.'],
  ["what's the earliest I can come by on Saturday", 'On Saturday we are open from 10 AM to 4 PM.'],
  ["what's the latest I can drop off my bike", /^Today we are open.*6 PM\.$/],
  ['can I pick up my bike on Sunday', 'We are closed on Sunday.'],
  ['are you guys around on Sunday', 'We are closed on Sunday.'],
  ['how many hours are you open on Saturday', 'On Saturday we are open from 10 AM to 4 PM.'],
  ['when is your lunch break', /from 9 AM to 12:30 PM and from 1:30 PM to 6 PM/],
  ['are you open Monday through Friday', /^We are open Tuesday to Friday.*closed on Monday and Sunday/],
  ['are you still open', /^No, we are closed at the moment/],
  ['are you still open on Saturday', 'On Saturday we are open from 10 AM to 4 PM.'],
  ['when will you be open again', /We open again tomorrow at 10 AM/],
])('"%s" names its days, and no others are answered for', (said, answer) => {
  const words = hoursOf(said) ?? '';
  if (typeof answer === 'string') expect(words).toBe(answer);
  else expect(words).toMatch(answer);
});

test.each(['February 30th', 'November 31', 'the 31st of June'])(
  '%s is in no calendar, and no other day is given',
  (day) => {
    const words = hoursOf(`are you open on ${day}`);
    expect(words).toMatch(/^There is no \w+ \d+\. We are open Tuesday to Friday/);
    expect(words).not.toMatch(/March|December|July/);
  },
);

test.each(['what are your holiday hours', 'are you open on bank holidays'])(
  '"%s" is answered with the holidays to come',
  (said) => {
    expect(hoursOf(said)).toMatch(/November 26.*December 24.*December 25.*January 1 we are closed/);
  },
);

test('both holidays of one week are named', () => {
  const wednesday = new Date('2026-11-25T18:00:00Z');
  expect(answerAboutHours('do you open this week', dentist, wednesday)).toMatch(
    /Tomorrow we are closed for Thanksgiving Day\. On Friday, November 27 we are closed\.$/,
  );
});

test('numbers are read day first outside the United States', () => {
  expect(answerAboutHours('are you open on 5/12', bakery, fridayEvening)).toMatch(/December 5/);
  expect(answerAboutHours('are you open on 5/12', dentist, fridayEvening)).toMatch(/May 12/);
  expect(answerAboutHours('are you open 24/7', bakery, fridayEvening)).toMatch(/^We are open Tuesday to Friday/);
});

test('a holiday of several days is answered with all of them', () => {
  const resting = profileSchema.parse({
    businessName: 'Night Owl',
    hours: { monday: ['09:00-17:00'], tuesday: ['09:00-17:00'] },
    holidays: [
      { date: '2026-12-28', name: 'Winter Break' },
      { date: '2026-12-29', name: 'Winter Break' },
    ],
  });
  expect(answerAboutHours('are you open for winter break', resting, fridayEvening)).toMatch(/December 28.*December 29/);
});

test.each([
  'are you open on easter',
  'is the library open on Sunday',
  'do you have brakes on Sunday',
  'were you open yesterday',
])('"%s" is not a question these hours answer', (said) => {
  expect(hoursOf(said)).toBeUndefined();
});
