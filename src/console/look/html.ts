const MARKUP = Symbol('markup');

/** Finished markup. Only `html` makes it, so nothing that came from outside can pass for it. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What may stand in a template. Text is escaped; false, null and undefined leave nothing. */
export type Content = Html | string | number | false | null | undefined | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Attributes that hold an address, and the addresses they may hold. */
const ADDRESS_ATTRIBUTE = /\s(?:href|src|action|formaction)="$/i;
const HARMLESS_ADDRESS = /^(?:\/(?![/\\])|#|\?|https?:\/\/|mailto:|tel:)/i;

/**
 * A template whose values are escaped, in text and in quoted attributes alike; arrays are joined. An address that
 * could run script becomes "#". Throws when a value stands in an attribute without quotes.
 */
export function html(literals: TemplateStringsArray, ...values: readonly Content[]): Html {
  const markup = literals.map((literal, index) => {
    const value = values[index];
    if (index === values.length) return literal;
    if (literal.endsWith('=')) throw new Error(`A value without quotes after ${literal.slice(-40)}`);
    if (!ADDRESS_ATTRIBUTE.test(literal)) return literal + render(value);
    return literal + (typeof value === 'string' && HARMLESS_ADDRESS.test(value) ? render(value) : '#');
  });
  return { [MARKUP]: markup.join('') };
}

/** The text of finished markup, to be sent. */
export const toText = (markup: Html): string => markup[MARKUP];

function render(value: Content): string {
  if (value === false || value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
  return isMarkup(value) ? value[MARKUP] : value.map(render).join('');
}

const isMarkup = (value: Html | readonly Content[]): value is Html => MARKUP in value;
