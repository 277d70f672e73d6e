import { apartFromSpelling, asSpelled } from './spelled-name';

const LEAD_IN =
  /\b(?:(?:it's|it is|this is) me,?|my name is|my name's|the name is|the name's|name is|you're speaking (?:with|to)|you are speaking (?:with|to)|this is|it's|it is|i'm|i am|call me)\s+/i;
const SURE_LEAD_IN = /\b(?:my name is|my name's|the name is|the name's|you're speaking with|this is)\s+/i;
/** Words that follow "this is" or "I'm" without being anybody's name, and words that end a name. */
const NOT_NAMES = new Set(
  (
    'a about actually afraid again an and at available back because but by calling can coming could do doing done ' +
    'fine for from glad going good great have having here hoping how i if in interested is it just late looking ' +
    'me my not number of ok okay on or please quite ready really regarding so sorry still sure thank thanks that ' +
    'the there to today tomorrow trying urgent very wanting what when where who why with wondering wrong yes you ' +
    'your she he we they mine over speaking phone me her him reachable happy important spelled correct right no ' +
    "emergency bye goodbye cheers uh um er hm mm don't"
  ).split(' '),
);
const FILLERS =
  /^(?:(?:uh|um|er|ah|oh|well|so|yes|yeah|yep|sure|okay|ok|hi|hello|hey|of course|that's|that would be)[\s,.]+)+/i;
const LONGEST_NAME = 5;
const TITLE = /^(?:dr|mr|mrs|ms|prof|professor|doctor|mister|miss)\.?$/i;
/** Up to where a name can go; the full stop of a title does not end it. */
const PHRASE = /^(?:\b(?:dr|mr|mrs|ms|prof|st|jr|sr)\.(?=\s|$)|[^,.;:?!\d])*/i;
/** A question or a sentence begins so, and no name. */
const NO_NAME =
  /^(?:am|are|is|isn't|do|does|did|who|who's|whom|whose|what|what's|which|you're|was|were|has|should|leave|tell|message)$/i;

/** The caller's name in an answer to "May I have your name?": also a bare "Ada Lane". Undefined if there is none. */
export function nameInAnswer(speech: string): string | undefined {
  const { said, letters } = apartFromSpelling(speech.replace(/’/g, "'").replace(FILLERS, '').trim());
  const name = letters !== '' && said === '' ? capital(letters) : nameSaid(said);
  return name === undefined || said === '' ? name : asSpelled(name, letters);
}

function nameSaid(said: string): string | undefined {
  const lead = LEAD_IN.exec(said);
  if (lead) return nameAtStart(said.slice(lead.index + lead[0].length));
  const words = said.split(/\s+/).filter((word) => /[a-z]/i.test(word));
  return words.length > LONGEST_NAME + 1 && !spelled(words) ? undefined : nameAtStart(said);
}

/** A name the caller gave unasked ("this is Ada", "my name is Ada"). Undefined unless it was plainly said. */
export function nameInPassing(speech: string): string | undefined {
  const said = speech.replace(/’/g, "'");
  const sure = SURE_LEAD_IN.exec(said);
  if (sure) return nameAtStart(said.slice(sure.index + sure[0].length));
  const capitalised = /\b(?:i'm|i am|it's|it is) (?=[A-Z])/.exec(
    said.replace(/\bI('m| am)\b/g, 'i$1').replace(/^It/, 'it'),
  );
  return capitalised ? nameAtStart(said.slice(capitalised.index + capitalised[0].length)) : undefined;
}

/** A name from outside (a model's guess), if it can be one; "unknown" and the like are not. */
export function cleanName(name: string | undefined): string | undefined {
  const trimmed = (name ?? '').trim().replace(/\s+/g, ' ').slice(0, 60);
  if (!/\p{L}/u.test(trimmed)) return undefined;
  return /^(unknown|none|n\/?a|not (given|provided|specified|stated)|caller|the caller|anonymous|null|undefined)$/i.test(
    trimmed,
  )
    ? undefined
    : trimmed;
}

function nameAtStart(text: string): string | undefined {
  const phrase = PHRASE.exec(text)?.[0] ?? '';
  const words = phrase.split(/\s+/).filter((word) => word !== '');
  if (spelled(words)) return capital(words.join('').toLowerCase());
  const end = words.findIndex((word) => !canBeName(word));
  const named = end === -1 ? words : words.slice(0, end);
  if (NO_NAME.test(named[0] ?? '') || named.every((word) => TITLE.test(word))) return undefined;
  return withoutSpelling(named).slice(0, LONGEST_NAME).map(capital).join(' ');
}

function canBeName(word: string): boolean {
  return (
    !NOT_NAMES.has(word.toLowerCase()) &&
    (TITLE.test(word) || !/[^\p{L}'-]/u.test(word.replace(/^(st|jr|sr)\.$/i, ''))) &&
    !/^[a-z]{3,}ing$/.test(word)
  );
}

/** "A D A" was spelled. */
function spelled(words: readonly string[]): boolean {
  return words.length > 1 && words.every((word) => word.replace(/[^\p{L}]/gu, '').length === 1);
}

/** "Ada A D A" is Ada, but an initial ("Ada B Lane") stays. */
function withoutSpelling(words: readonly string[]): string[] {
  const from = words.findIndex((_, index) => index > 0 && spelled(words.slice(index)));
  return from === -1 ? [...words] : words.slice(0, from);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
