import { SaxesParser } from 'saxes';

/** An element of a TwiML document. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Element[];
}

/** The root of a document, read by a strict parser. Throws at whatever is not well formed. */
export function parseTwiml(xml: string): Element {
  const document: Element = { name: '', attributes: {}, text: '', children: [] };
  const open = [document];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: { ...attributes }, text: '', children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  const root = document.children[0];
  if (!root) throw new Error('no root');
  return root;
}
