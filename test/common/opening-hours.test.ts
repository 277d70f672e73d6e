import { addDays, hoursOn, localMoment, openingState, weekdayOf } from '../../src/common/opening-hours';
import { profileSchema } from '../../src/common/profile';
import type { Profile } from '../../src/common/profile';
import { describeDay, describeNow, describeWeek, spokenTime } from '../../src/common/spoken-hours';

const office = ['09:00-17:00'];
const profile: Profile = profileSchema.parse({
  businessName: 'Orchard Dental',
  timeZone: 'America/New_York',
  hours: {
    monday: office,
    tuesday: office,
    wednesday: ['09:00-12:00', '13:00-17:00'],
    thursday: office,
    friday: office,
    saturday: ['10:00-14:00'],
  },
  holidays: [
    { date: '2026-11-26', name: 'Thanksgiving Day' },
    { date: '2026-12-24', hours: ['09:00-12:00'] },
  ],
});

const withHours = (hours: object): Profile => profileSchema.parse({ businessName: 'Night Owl', hours });

test('the same wall time is open in summer and in winter, whatever the offset', () => {
  // 9:30 in New York is 13:30 UTC in July and 14:30 UTC in December.
  expect(openingState(profile, new Date('2026-07-06T13:30:00Z')).kind).toBe('open');
  expect(openingState(profile, new Date('2026-12-07T13:30:00Z')).kind).toBe('closed');
  expect(openingState(profile, new Date('2026-12-07T14:30:00Z')).kind).toBe('open');
});

test('the night the clocks go forward, the next opening keeps its wall time', () => {
  const saturdayNight = new Date('2026-03-08T03:00:00Z');
  expect(localMoment('America/New_York', saturdayNight)).toEqual({ date: '2026-03-07', minute: 22 * 60 });
  expect(openingState(profile, saturdayNight)).toEqual({ kind: 'closed', until: { date: '2026-03-09', minute: 540 } });
});

test('open includes the first minute and not the last', () => {
  expect(openingState(profile, new Date('2026-11-17T14:00:00Z')).kind).toBe('open');
  expect(openingState(profile, new Date('2026-11-17T22:00:00Z')).kind).toBe('closed');
});

test('a caller in the lunch break hears when it ends', () => {
  expect(describeNow(profile, new Date('2026-11-18T17:15:00Z'))).toBe(
    'No, we are closed at the moment. We open again at 1 PM today.',
  );
});

test('a holiday stands in for the weekday, and is passed over by the next opening', () => {
  expect(hoursOn(profile, '2026-11-26').spans).toEqual([]);
  expect(describeNow(profile, new Date('2026-11-25T23:00:00Z'))).toContain('Friday, November 27 at 9 AM');
  expect(hoursOn(profile, '2026-12-24').spans).toEqual([{ opens: 540, closes: 720 }]);
});

test('the week is described in one breath', () => {
  expect(describeWeek(profile)).toBe(
    'Monday and Tuesday from 9 AM to 5 PM, Wednesday from 9 AM to noon and from 1 PM to 5 PM, ' +
      'Thursday and Friday from 9 AM to 5 PM, Saturday from 10 AM to 2 PM, closed on Sunday',
  );
  const days = Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, office]));
  expect(describeWeek(withHours(days))).toBe('Monday to Friday from 9 AM to 5 PM, closed on Saturday and Sunday');
  expect(describeWeek(profileSchema.parse({ businessName: 'No Hours' }))).toBeUndefined();
});

test('days are named as people name them', () => {
  const wednesday = new Date('2026-11-25T15:00:00Z');
  expect(describeDay(profile, '2026-11-25', wednesday)).toBe(
    'Today we are open from 9 AM to noon and from 1 PM to 5 PM.',
  );
  expect(describeDay(profile, '2026-11-26', wednesday)).toBe('Tomorrow we are closed for Thanksgiving Day.');
  expect(describeDay(profile, '2026-11-28', wednesday)).toBe(
    'On Saturday, November 28 we are open from 10 AM to 2 PM.',
  );
});

test('a business open until 24:00 and from 00:00 does not close at midnight', () => {
  const bar = withHours({ friday: ['18:00-24:00'], saturday: ['00:00-03:00'] });
  expect(openingState(bar, new Date('2026-11-20T23:30:00Z'))).toEqual({
    kind: 'open',
    until: { date: '2026-11-21', minute: 180 },
  });
  const everyDay = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const always = withHours(Object.fromEntries(everyDay.map((day) => [day, ['00:00-24:00']])));
  expect(openingState(always, new Date('2026-11-20T23:30:00Z'))).toEqual({ kind: 'open' });
  expect(describeWeek(always)).toBe('every day all day');
});

test('a business that never opens, or names no hours, is not promised to open', () => {
  expect(openingState(withHours({}), new Date(0))).toEqual({ kind: 'closed' });
  expect(openingState(profileSchema.parse({ businessName: 'No Hours' }), new Date(0))).toEqual({ kind: 'unknown' });
});

test('dates step over months, years and leap days', () => {
  expect([addDays('2026-12-31', 1), addDays('2028-02-28', 1)]).toEqual(['2027-01-01', '2028-02-29']);
  expect([weekdayOf('2026-11-16'), weekdayOf('2026-11-22')]).toEqual(['monday', 'sunday']);
});

test('times are spoken without leading zeros', () => {
  expect([0, 540, 555, 720, 750, 1085, 1440].map(spokenTime)).toEqual([
    'midnight',
    '9 AM',
    '9:15 AM',
    'noon',
    '12:30 PM',
    '6:05 PM',
    'midnight',
  ]);
});
