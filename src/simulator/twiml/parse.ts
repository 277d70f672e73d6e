import { SaxesParser } from 'saxes';

/** An XML element: its name and attributes as written, and its text and elements in order. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  content: (string | Element)[];
}

/** Parses XML strictly; comments are left out. Throws Error with line and column when it is not well-formed. */
export function parseXml(xml: string): Element {
  const root: Element = { name: '', attributes: {}, content: [] };
  const open = [root];
  const add = (piece: string | Element) => open.at(-1)?.content.push(piece);

  const parser = new SaxesParser({ xmlns: false, position: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element: Element = { name: tag.name, attributes: tag.attributes, content: [] };
    add(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(xml).close();

  return childrenOf(root)[0] ?? root;
}

/** The elements directly inside an element. */
export function childrenOf(element: Element): Element[] {
  return element.content.filter((piece) => typeof piece !== 'string');
}

/** All text inside an element, its elements' included, with white space as written. */
export function textOf(element: Element): string {
  return element.content.map((piece) => (typeof piece === 'string' ? piece : textOf(piece))).join('');
}

/** The text directly inside an element, trimmed. */
export function ownTextOf(element: Element): string {
  return element.content
    .filter((piece) => typeof piece === 'string')
    .join('')
    .trim();
}
