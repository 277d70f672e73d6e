const DOES_NOT_KNOW =
  /\b(?:(?:don'?t|do not) (?:actually |really )?(?:know|have (?:any |that |the )?(?:information|details))|not sure|no information|can(?:'|no)t (?:say|tell))\b/i;

/** Whether a reply says that it has no answer: what the owner may want to add to the profile. */
export const saysItDoesNotKnow = (reply: string): boolean => DOES_NOT_KNOW.test(reply);
