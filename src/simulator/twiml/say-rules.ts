import type { Element } from './parse';
import { childrenOf, textOf } from './parse';
import type { ElementRule, Fault } from './rules';
import { either, language, oneOf, shaped, wholeNumber } from './values';

/** Speech markup that Twilio's better voices understand. */
export const speechMarkup = 'break emphasis lang p phoneme prosody s say-as sub w'.split(' ');

const GOOGLE = /^Google\.([a-z]{2,3}-[A-Za-z0-9]{2,3})-((Standard|Wavenet|Neural2)-[A-Z]|Chirp3-HD-[A-Z][a-z]+)$/;
const POLLY = /^Polly\.[A-Z][a-z]+(-Neural|-Generative)?$/;

/** What Twilio allows a Say. The codes are those of its error dictionary. */
export const sayRule: ElementRule = {
  attributes: {
    voice: either(
      oneOf(13511, 'man', 'woman', 'alice'),
      either(shaped(13511, POLLY, 'Polly.Joanna-Neural'), shaped(13511, GOOGLE, 'Google.en-US-Neural2-F and the like')),
    ),
    language: language(13512),
    loop: wholeNumber(13510, 0),
  },
  children: speechMarkup,
  childCode: 12200,
  text: true,
  alsoCheck: checkSay,
};

function checkSay(say: Element): Fault[] {
  const voice = say.attributes['voice'] ?? 'man';
  return [...checkText(say, voice), ...checkLanguage(voice, say.attributes['language'])];
}

function checkText(say: Element, voice: string): Fault[] {
  if (textOf(say).trim() === '') return [{ code: 13520, message: 'There is nothing to say in this <Say>' }];
  const basic = !voice.includes('.');
  if (basic && childrenOf(say).some(({ name }) => speechMarkup.includes(name))) {
    return [{ code: 13520, message: `The voice "${voice}" understands no speech markup` }];
  }
  const { limit, length } = lengthOf(say, voice);
  if (length <= limit) return [];
  return [{ code: 13521, message: `This <Say> has ${length} characters; "${voice}" takes ${limit}` }];
}

// Google counts the markup as well; every limit is in single-byte characters.
function lengthOf(say: Element, voice: string): { limit: number; length: number } {
  if (voice.startsWith('Google.')) return { limit: 5000, length: sourceLength(say) };
  return { limit: voice.startsWith('Polly.') ? 3000 : 4096, length: Buffer.byteLength(textOf(say)) };
}

function sourceLength(element: Element): number {
  const pieces = element.content.map((piece) =>
    typeof piece === 'string' ? Buffer.byteLength(piece) : sourceLength(piece) + tagLength(piece),
  );
  return pieces.reduce((sum, length) => sum + length, 0);
}

function tagLength(element: Element): number {
  const attributes = Object.entries(element.attributes).map(([name, value]) => ` ${name}="${value}"`);
  return Buffer.byteLength(`<${element.name}${attributes.join('')}></${element.name}>`);
}

function checkLanguage(voice: string, spoken: string | undefined): Fault[] {
  const locale = GOOGLE.exec(voice)?.[1];
  if (locale === undefined || spoken === undefined || locale.toLowerCase() === spoken.toLowerCase()) return [];
  return [{ code: 13512, message: `The voice "${voice}" does not speak ${spoken}` }];
}
