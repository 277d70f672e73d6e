import type { PhoneLine } from './phone-line';
import { fail } from './problems';

/** One resource by two names: where the request goes, and the name it is signed under. Neither has a fragment. */
export interface Address {
  posted: string;
  signed: string;
}

/** Finds addresses on a line. */
export interface AddressBook {
  /** A path of the app. */
  at(path: string): Address;
  /** A URL as TwiML writes it, seen from the document it stands in. Ends the call with 11100 when it is none. */
  follow(reference: string, from: Address): Address;
}

/** The address book of a line: the public URL, and whatever begins with it, is fetched from `line.url`. */
export function addressBookOf(line: PhoneLine): AddressBook {
  const posted = withoutSlash(line.url);
  const known = withoutSlash(line.publicUrl ?? line.url);
  const signPosted = line.signFor === 'posted';

  const addressOf = (url: string): Address => {
    const rest = restAfter(known, url);
    const target = rest === undefined ? url : posted + rest;
    return { posted: target, signed: signPosted ? target : url };
  };
  return {
    at: (path) => addressOf(known + path),
    follow: (reference, from) => addressOf(resolve(reference, from)),
  };
}

function resolve(reference: string, from: Address): string {
  if (!URL.canParse(reference.trim(), from.signed)) fail(11100, `"${reference}" is not a URL`, from.posted);
  const url = new URL(reference.trim(), from.signed);
  if (!/^https?:$/.test(url.protocol)) fail(11100, `"${reference}" is not an http address`, from.posted);
  url.hash = '';
  return url.href;
}

/** What follows the base in the URL, or undefined when the URL lies elsewhere ("https://a.example.evil" does). */
function restAfter(base: string, url: string): string | undefined {
  if (!url.startsWith(base)) return undefined;
  const rest = url.slice(base.length);
  return /^($|[/?])/.test(rest) ? rest : undefined;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
