const NO = /\b(no|nope|nah|not|wrong|incorrect|negative|don't|dont|isn't|isnt|never)\b/;
const YES =
  /\b(yes|yeah|yep|yup|ya|yea|sure|correct|right(?! (now|away|after|before))|ok|okay|please|go ahead|absolutely|definitely|certainly|of course|fine|exactly|perfect|great|sounds good|i would|i'd like|do that|that's it|that works|it is|uh huh|mm hmm|mhm|affirmative|why not|good idea)\b/;
/** Agreement that contains a no. */
const NO_THAT_AGREES =
  /\b(no problem|no worries|why not|not a problem|no that's (right|correct|fine|it|good)|not wrong)\b/;

/** Agreement with a condition: the no in it is about something else. */
const YES_BUT =
  /^(yes|yeah|yep|yup|sure|ok|okay|right|correct|fine|of course)\b.* (but|only|just|except|unless|though|and)\b/;
const TAKEN_BACK = /\b(wrong|incorrect|not right|isn't right|different|another|other)\b|^\S+ (no|not|nope)\b/;

/** Whether the caller agreed: by words, or by key (1 = yes, 2 = no). Undefined if neither, or empty. */
export function yesOrNo(heard: { speech?: string | undefined; digits?: string | undefined }): 'yes' | 'no' | undefined {
  if (heard.digits === '1') return 'yes';
  if (heard.digits === '2') return 'no';
  const said = (heard.speech ?? '')
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/[^a-z' ]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  if (/^(one|press(ed)? one)$/.test(said) || (heard.speech ?? '').trim() === '1') return 'yes';
  if (/^(two|press(ed)? two)$/.test(said) || (heard.speech ?? '').trim() === '2') return 'no';
  if (NO_THAT_AGREES.test(said) || (YES_BUT.test(said) && !TAKEN_BACK.test(said))) return 'yes';
  if (NO.test(said)) return 'no';
  return YES.test(said) ? 'yes' : undefined;
}
