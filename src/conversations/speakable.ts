const LIST_MARKER = /^[ \t]*(?:[-*+•‣▪◦]|\d{1,2}[.)])[ \t]+/gm;
const LINE_DECORATION = /^[ \t]*(?:#{1,6}[ \t]+|>+[ \t]*|```.*$|[-*_=|: ]{3,}$)/gm;
const MARKDOWN_LINK = /!?\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)/g;
const MARKUP_TAG = /<\/?[a-z][^<>\n]{0,200}>/gi;
const WEB_ADDRESS = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)(?:www\.)?([a-z0-9.-]+)[^\s<>")]*/gi;
const E_MAIL = /([a-z0-9._%+-]+)@([a-z0-9-]+(?:\.[a-z0-9-]+)+)/gi;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0e\ufe0f\u20e3]/gu;
const UNSPEAKABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\ufffc\ufffd]/gu;

const dotted = (host: string) => host.replace(/\.+$/, '').replace(/\./g, ' dot ');

function withoutMarkdown(text: string): string {
  return text
    .replace(LINE_DECORATION, '')
    .replace(LIST_MARKER, '')
    .replace(MARKDOWN_LINK, '$1')
    .replace(MARKUP_TAG, ' ')
    .replace(/#(?=\d)/g, 'number ')
    .replace(/[*`~#\\^{}[\]<>]+/g, '')
    .replace(/[|_]+/g, ' ');
}

function withSpokenAddresses(text: string): string {
  return text
    .replace(WEB_ADDRESS, (_, host: string) => dotted(host))
    .replace(E_MAIL, (_, name: string, host: string) => `${dotted(name)} at ${dotted(host)}`)
    .replace(/&/g, ' and ');
}

const joinLines = (text: string) =>
  text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line, index, lines) => (index < lines.length - 1 && !/[.!?,;:…。！？]$/.test(line) ? `${line}.` : line))
    .join(' ');

const tidy = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ +([.,;:!?…])/g, '$1')
    .replace(/([,;:!?])\1+/g, '$1')
    .replace(/\.{4,}/g, '…')
    .trim();

/**
 * Turns a model's text into words a voice can say: no Markdown, emoji, control characters, bare addresses or raw
 * lists. Empty when nothing is left to be said. The result is always valid in XML once escaped.
 */
export function toSpeakable(text: string): string {
  const plain = withSpokenAddresses(withoutMarkdown(text.replace(/\p{Cs}/gu, '').replace(PICTURE, '')));
  const words = tidy(joinLines(plain).replace(UNSPEAKABLE, ' '));
  return /[\p{L}\p{N}]/u.test(words) ? words : '';
}
