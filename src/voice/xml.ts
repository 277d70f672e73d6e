import { withoutIllegal } from './legal-text';

type Value = string | number | boolean | readonly string[] | undefined;

/**
 * An element as XML text. Attributes that are undefined are left out, lists are written with spaces between. `inner`
 * is XML already: other elements, or what `textOf` made.
 */
export function element(name: string, attributes: object = {}, inner = ''): string {
  let head = `<${name}`;
  for (const [key, value] of Object.entries(attributes) as [string, Value][]) {
    if (value !== undefined) head += ` ${key}="${textOf(typeof value === 'object' ? value.join(' ') : String(value))}"`;
  }
  return inner === '' ? `${head}/>` : `${head}>${inner}</${name}>`;
}

/** A whole TwiML document of these verbs. */
export const responseOf = (verbs: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element('Response', {}, verbs)}`;

/** What most texts consist of, and stands as it is. */
const PLAIN = /^[ !#-%'-;=?-~]*$/;
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  ...{ '\t': '&#x9;', '\n': '&#xA;', '\r': '&#xD;' },
};

/** Words as they stand in an element or an attribute. */
export function textOf(words: string): string {
  if (PLAIN.test(words)) return words;
  return withoutIllegal(words).replace(/[&<>"\t\n\r]/g, (mark) => ENTITIES[mark] ?? mark);
}
