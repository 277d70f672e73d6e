/** What cannot be heard and only hides what can: format characters, half pairs, private and unassigned ones. */
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\ufe00-\ufe0f\ufffc\ufffd]+/gu;
const CONTROL = /[^\P{Cc}\n\r]+/gu;
const PICTURES = / ?[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]+/gu;
const CODE_FENCE = /^[ \t]*```.*$/gm;
const MARKDOWN_LINK = /!?\[([^[\]\n]{0,300})\]\([^()\n]{0,500}\)/g;
const MARKUP_TAG = /<\/?[a-z!][^<>\n]{0,200}>/gi;
const MARKS_IN_A_NUMBER = /(?<=\d)[*`~\\^{}[\]<>]+(?=\d)/g;
const MARKS = /[*`~#\\^{}[\]<>]+/g;
const EMPHASIS = /(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}_])/gu;
const BULLETS = /^(?:[-+•‣▪◦]\s+)+/;
const WEB_ADDRESS =
  /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)(?:www\.)?([\p{L}\p{N}][\p{L}\p{N}.-]{0,252})(?:[:/?#][^\s<>"()[\]*`]*)?/giu;
const E_MAIL = /([a-z0-9][a-z0-9._%+-]{0,63})@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)/gi;
const ENTITY = /&(amp|nbsp|quot|apos|lt|gt|#\d{1,6}|#x[0-9a-f]{1,5});/gi;
const MEANINGS: Readonly<Record<string, string>> = { amp: '&', quot: '"', apos: "'", '#39': "'", '#x27': "'" };
const SIGNS: Readonly<Record<string, string>> = { '.': ' dot ', _: ' underscore ', '-': ' dash ', '+': ' plus ' };

const spelled = (address: string) => address.replace(/[._+-]/g, (sign) => SIGNS[sign] ?? sign);

const withoutInvisible = (text: string) =>
  text
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .replace(PICTURES, (picture, at: number) => (/[.,;:!?…]/.test(text.charAt(at + picture.length)) ? '' : ' '));

/** The rest of an address (path, query) helps no caller; punctuation that ends the sentence stays. */
const spokenHost = (whole: string, host: string) =>
  spelled(host.replace(/\.+$/, '')) + (/[.,;:!?]{1,3}$/.exec(whole)?.[0] ?? '');

const withSpokenAddresses = (text: string) =>
  text
    .replace(WEB_ADDRESS, spokenHost)
    .replace(E_MAIL, (_, name: string, host: string) => `${spelled(name)} at ${spelled(host)}`);

const withoutMarkdown = (text: string) =>
  text
    .replace(CODE_FENCE, '')
    .replace(MARKDOWN_LINK, '$1')
    .replace(MARKDOWN_LINK, '$1')
    .replace(MARKUP_TAG, ' ')
    .replace(/(\w?)#(?=\d)/g, (_, before: string) => (before ? `${before} number ` : 'number '))
    .replace(MARKS_IN_A_NUMBER, ' ')
    .replace(MARKS, '')
    .replace(EMPHASIS, '')
    .replace(/[|_]+/g, ' ');

/** Each line becomes a sentence, without its bullet; lines of nothing but signs are dropped. */
const joinLines = (text: string) =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim().replace(BULLETS, ''))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .map((line, index, lines) =>
      index === lines.length - 1 || /[.!?,;:…。！？]["'”’»)]*$/.test(line) ? line : `${line}.`,
    )
    .join(' ');

const tidy = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ([.,]+)(?= |$)/g, '$1')
    .replace(/([,;:!?])\1+/g, '$1')
    .replace(/\.{4,}/g, '…')
    .trim();

/**
 * Turns a model's text into words a voice can say: no Markdown, emoji, control characters, bare addresses or raw
 * lists. Empty when nothing is left to be said. Saying the result again changes nothing; once escaped, it is valid
 * in XML.
 */
export function toSpeakable(text: string): string {
  const visible = withoutInvisible(text).replace(ENTITY, (_, name: string) => MEANINGS[name.toLowerCase()] ?? ' ');
  const plain = withSpokenAddresses(withoutMarkdown(withSpokenAddresses(visible)));
  return tidy(joinLines(plain.replace(/&/g, ' and ').replace(/:\/\/+/g, ' ')));
}
