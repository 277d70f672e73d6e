import { digitsIn } from './spoken-digits';
import type { Heard } from './state';

const DIGIT =
  '(?:\\d+|zero|oh|o|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|double|triple)';
const EXTENSION = new RegExp(
  `[\\s,;]*(?:\\band )?(?:\\b(?:my|the|with|at) )?(?:\\b(?:extension|ext)|(?:\\b|(?<=\\d))x)(?:[\\s.:#]|number |is )*(${DIGIT}(?:[ -]+${DIGIT})*)\\b`,
  'i',
);
/** A longer one is rather a telephone number. */
const LONGEST = 6;

/** Text without the extension of a number in it, and that extension's digits apart: "x5", "extension one two". */
export function apartFromExtension(text: string): { rest: string; extension?: string } {
  const found = EXTENSION.exec(text);
  const digits = digitsIn(found?.[1] ?? '');
  if (!found || digits === '' || digits.length > LONGEST) return { rest: text };
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  return { rest: rest.replace(/\s+/g, ' ').trim(), extension: `extension ${digits}` };
}

/** What was heard without an extension, and the extension apart. */
export function heardApart(heard: Heard): { heard: Heard; extension?: string } {
  const { rest, ...apart } = apartFromExtension(heard.speech ?? '');
  return { heard: { ...heard, ...(heard.speech !== undefined && { speech: rest }) }, ...apart };
}
