import { spaced } from './read-back';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** "ada dot byron at example dot com" is ada.byron@example.com. */
export function emailIn(words: string): string | undefined {
  const written = words
    .toLowerCase()
    .replace(/\s+(?:at|@)\s+/g, '@')
    .replace(/\s+(?:dot|period|point)\s+/g, '.')
    .replace(/\s+(?:dash|hyphen|minus)\s+/g, '-')
    .replace(/\s+underscore\s+/g, '_');
  const found = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.exec(written)?.[0];
  return found !== undefined && EMAIL.test(found) ? found : undefined;
}

/** An address as it is read back: "a d a dot b at example dot com". The part before the at is spelled. */
export function spokenEmail(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const spelled = local.replace(/(?<=[^.])(?=[^.])/g, ' ');
  return `${withMarks(spaced(spelled))} at ${withMarks(domain)}`;
}

const withMarks = (text: string) =>
  text
    .replace(/\s*\.\s*/g, ' dot ')
    .replace(/\s*-\s*/g, ' dash ')
    .replace(/\s*_\s*/g, ' underscore ')
    .replace(/\s*\+\s*/g, ' plus ')
    .trim();
