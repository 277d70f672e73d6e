import { profileSchema } from '../../../src/common/profile';

const office = ['08:00-17:00'];

/** A made-up dentist in Los Angeles; the day after Thanksgiving is closed as well, without a name of its own. */
export const dentist = profileSchema.parse({
  businessName: 'Bright Smile Dental',
  timeZone: 'America/Los_Angeles',
  hours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: ['08:00-13:00'] },
  holidays: [{ date: '2026-11-26', name: 'Thanksgiving Day' }, { date: '2026-11-27' }],
  facts: [
    'We are at 400 Oak Avenue, second floor.',
    'There is an elevator in the lobby.',
    'Patients park for free in the garage under the building.',
    'We accept Delta Dental and Cigna insurance.',
    'Doctor Lee and Doctor Patel are our dentists.',
    'New patients are welcome.',
  ],
  questions: [
    { question: 'How much is a cleaning?', answer: 'A cleaning is 120 dollars without insurance.' },
    { question: 'Do you see children?', answer: 'Yes, we see children from age three.' },
    {
      question: 'What should I do in an emergency?',
      also: ['I have a toothache', 'I broke a tooth'],
      answer: 'For an emergency outside our hours, call 202 555 0199.',
    },
    { question: 'Do you whiten teeth?', answer: 'Yes, whitening is 300 dollars and takes one hour.' },
    {
      question: 'What happens if I miss my appointment?',
      also: ['Is there a cancellation fee?'],
      answer: 'Please tell us a day ahead. A missed appointment is 50 dollars.',
    },
    { question: 'Do you offer payment plans?', answer: 'Yes, larger treatments can be paid over twelve months.' },
  ],
});

const early = ['07:00-14:00'];
const weekend = ['08:00-12:00'];

/** A made-up bakery in Bath, which is a town. */
export const bakery = profileSchema.parse({
  businessName: 'Crumb Bakery',
  timeZone: 'Europe/London',
  country: 'GB',
  language: 'en-GB',
  hours: { tuesday: early, wednesday: early, thursday: early, friday: early, saturday: weekend, sunday: weekend },
  facts: [
    'Our sourdough is baked fresh every morning and costs 5 pounds a loaf.',
    'We have gluten-free bread on Fridays.',
    'We are at 5 High Street in Bath.',
    'All our cakes are free of nuts.',
    'There are six tables outside, where dogs are welcome.',
  ],
  questions: [
    {
      question: 'Do you make birthday cakes?',
      also: ['Can I order a cake?'],
      answer: 'Yes, please order three days ahead. Birthday cakes start at 40 pounds.',
    },
    { question: 'Do you deliver?', answer: 'No, we do not deliver.' },
    { question: 'How can I pay?', also: ['Do you take cards?'], answer: 'You can pay by card or in cash.' },
    { question: 'Do you sell coffee?', answer: 'Yes, we have coffee and tea to take away.' },
    { question: 'Is there a discount for large orders?', answer: 'Yes, ten percent on orders above 100 pounds.' },
  ],
});
