import { intentOf, isEcho, isNoise, type CallerIntent } from '../../src/conversations/caller-intent';
import { isLeaving, saysGoodbye, wantsNothingMore } from '../../src/conversations/farewell';
import { besideWhoAnswers } from '../../src/conversations/robot-question';

const MEANT: Record<CallerIntent, string[]> = {
  person: [
    'A person, please.',
    'Can I speak to a person?',
    'Could I please talk to a real human being?',
    "I'd like to speak with someone",
    'I’d like to speak to somebody, please.',
    'I want to talk to an actual person',
    'I need a human',
    'Put me through to a representative.',
    'Can you transfer me to an agent?',
    'Could you connect me with an operator',
    'Operator!',
    'Hello? Um, receptionist please',
    'No, let me speak to a live agent',
  ],
  repeat: [
    'Repeat that, please.',
    'Can you repeat that?',
    'Sorry, could you say that again?',
    'Could you say that one more time please',
    'What did you say?',
    'Sorry, what was that?',
    "I'm sorry, I didn't catch that",
    'Pardon?',
    'Pardon me',
    'One more time.',
    'come again',
  ],
  moment: [
    'Hold on.',
    'Hang on a second, please',
    'Wait.',
    'Wait a minute',
    'Just a moment, please!',
    'Just a second',
    'One moment.',
    'Give me one sec',
    'Okay, hold on, let me grab a pen.',
    'Let me check',
    'Could you hold the line a moment?',
  ],
  robot: [
    'Are you a robot?',
    'are you a real person',
    'Sorry, are you a human or a machine?',
    'Am I talking to a machine?',
    'am I speaking with a real person here',
    'You sound like a robot.',
    "You're not a human, are you?",
    'Do I speak to a computer?',
    'Who am I speaking with?',
    'and who am I talking to please',
    'Is this a recording?',
    'Hello, who is this?',
    'are you an AI',
    'are you real',
    'you a bot?',
    'is this a real human or AI',
    'am I on the phone with a robot',
    'Hi, um, I was just wondering, am I talking to a real person or is this a computer?',
  ],
  farewell: [
    'Bye.',
    'Bye bye!',
    'Good-bye',
    'Okay, thanks, goodbye',
    "No, that's all, thank you.",
    "That'll be all for today.",
    'Great, see you on Monday, bye!',
    "I'm all set. Have a nice day!",
    'You too, take care',
    'Nothing else, thank you so much',
  ],
};

describe.each(Object.entries(MEANT))('%s', (intent, phrases) => {
  test.each(phrases)('%s', (phrase) => expect(intentOf(phrase)).toBe(intent));
});

test.each([
  'Hold on to your hat, I have three questions.',
  'How long do I have to wait for my order?',
  'Wait for my order',
  'I want to repeat my order',
  'Can you repeat my last order?',
  'Say goodbye to high prices',
  'Can I say bye to my contract?',
  'Do you have a person who can fix my bike?',
  'I want to become an agent of yours',
  'Give me a second bike',
  'Is this a computer shop?',
  'Someone stole my bike',
  'Is there a minute charge?',
  'Let me check in on Friday',
  'Are you a bike shop?',
  'Are you a machine shop?',
  'Is this a computer repair shop?',
  'Are you open right now?',
  'Who am I supposed to ask for Ada?',
  'Are you a robot? My wheel is broken.',
  'Great.',
  'Perfect, then I want two of them',
  'Yes.',
  'No.',
  '5',
  'はい、お願いします',
  '',
  `${'well '.repeat(13)}goodbye`,
])('is left to the model: %s', (phrase) => expect(intentOf(phrase)).toBeUndefined());

test.each([
  ...MEANT.farewell,
  'Thank you very much.',
  'Okay, thanks',
  'No, thank you',
  "Great, thanks, that's all I needed",
  "Alright, I'll call back tomorrow, bye.",
  "I think that's it for now",
  'Thanks a lot, see you tomorrow',
  'Bye, talk to you soon',
])('a caller who says this is done: %s', (phrase) => expect(saysGoodbye(phrase)).toBe(true));

test.each([
  'Say goodbye to high prices',
  'Can I say bye to my contract?',
  'What do you mean by take care?',
  'Is that all set for Tuesday?',
  'Nothing else works on my bike',
  "That's all well and good but I need a plumber",
  'Thank you, and when do you close?',
  'Thanks, one more question',
  'Great.',
  'Perfect',
  'Please see you get my bike done',
  'No.',
  'はい',
  '',
])('a caller who says this is not done: %s', (phrase) => expect(saysGoodbye(phrase)).toBe(false));

test.each([
  ['Are you a robot? My wheel is broken.', 'My wheel is broken.'],
  ['are you a real person my name is Ada', 'my name is ada'],
])('beside asking who answers, a caller says something: %j', (speech, rest) => {
  expect(besideWhoAnswers(speech)).toBe(rest);
});

test.each([
  'No.',
  'nope',
  'No, that is all.',
  "that's all",
  "Nope, I'm good.",
  'No thank you',
  "no that's it, thanks a lot, bye",
  "I don't think so",
  'not right now thanks',
])('a caller who needs nothing more: %s', (phrase) => expect(wantsNothingMore(phrase)).toBe(true));

test.each(['yes', 'No, I mean yes', 'no wait, when do you close', 'great', 'not the red one', 'do you have parking'])(
  'a caller who needs more: %s',
  (phrase) => expect(wantsNothingMore(phrase)).toBe(false),
);

test.each(['bye', 'okay bye', 'see you tomorrow', 'my wheel is bent, okay bye', 'have a nice day'])(
  'a caller about to hang up: %s',
  (phrase) => expect(isLeaving(phrase)).toBe(true),
);

test.each(["that's all", "I'm good", 'thanks', 'say goodbye to Ada', 'tell Ada I will see you tomorrow'])(
  'a caller who stays: %s',
  (phrase) => expect(isLeaving(phrase)).toBe(false),
);

test.each(['', ' ', '...', 'Uh.', 'um', 'Hmm...', 'mm-hmm', 'uh huh', 'ah', 'Oh', 'erm', 'the', 'a', 'the uh'])(
  'is only noise: %j',
  (phrase) => expect(isNoise(phrase)).toBe(true),
);

test.each(['yes', 'no', 'ok', 'hi', '5', 'Ann', 'the bike', 'はい', 'да', 'help', 'um, hello', 'oh no', 'hammer'])(
  'is said on purpose: %s',
  (phrase) => expect(isNoise(phrase)).toBe(false),
);

const PROMPT = 'Hello, this is Harbour Bikes. How can I help you today?';

test.each([
  'how can I help you',
  'this is harbour bikes how can',
  'Hello, this is Harbour Bikes!',
  PROMPT.toUpperCase(),
])('our own prompt comes back from a speakerphone: %s', (phrase) => expect(isEcho(phrase, PROMPT)).toBe(true));

test.each([
  ['too short to tell', 'help you today'],
  ['words of the caller’s own', 'how can I help you move'],
  ['in another order', 'you help I can how'],
  ['only part of a word', 'ow can I help yo'],
  ['nothing', ''],
])('is no echo: %s', (_, phrase) => expect(isEcho(phrase, PROMPT)).toBe(false));

test('nothing can be an echo of silence', () => expect(isEcho('how can I help you', '')).toBe(false));

test.each([
  'bye',
  'bye ',
  'byebye',
  'mm',
  'm',
  'h',
  'a ',
  'have a good one',
  'see you ',
  'wait ',
  'are you a robot ',
  'am i talking to ',
  "'",
  'no ',
  'uh-',
])('two thousand characters of %j take no time', (piece) => {
  const began = performance.now();
  for (const end of ['', 'x', ' x']) {
    const speech = piece.repeat(2_000 / piece.length) + end;
    for (const words of [speech, speech.split(' ').slice(0, 12).join(' ')]) {
      for (const ask of [intentOf, saysGoodbye, wantsNothingMore, isLeaving, besideWhoAnswers, isNoise]) ask(words);
      isEcho(words, words);
    }
  }
  expect(performance.now() - began).toBeLessThan(20_000);
});
