import type { Profile } from '../common/profile';

/** What a caller hears first: the owner's greeting, or one that says who answers and that the call is transcribed. */
export const greetingOf = (profile: Profile) =>
  profile.greeting ??
  `Thank you for calling ${profile.businessName}. I am an automated assistant, and this call is transcribed. How can I help you?`;

/** The texts worth making into clips before anybody calls; each is said in many calls. */
export const fixedPhrasesOf = ({ phrases }: Profile): readonly string[] => [
  ...phrases.holding,
  ...phrases.reprompts,
  phrases.notUnderstood,
  phrases.goodbye,
];
