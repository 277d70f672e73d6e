import type { Read } from './sourced';

const REMEDY = 'Enter the address that leads here from outside, like https://phone.example.com.';

const refused = (error: string): Read<string> => ({ ok: false, error, remedy: REMEDY });

/** Reads the address under which Twilio reaches Frontdesk: http or https, and in the form in which Twilio calls it. */
export function readPublicAddress(text: string): Read<string> {
  const trimmed = text.trim();
  if (!/^https?:\/\/[^\s/\\?#][^\s\\]*$/i.test(trimmed) || !URL.canParse(trimmed)) {
    return refused('This is not an http or https address.');
  }
  if (/[?#@]/.test(trimmed)) return refused('The address must be without a query, a fragment and a password.');
  return { ok: true, value: new URL(trimmed).href.replace(/\/+$/, '') };
}
