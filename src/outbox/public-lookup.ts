import { lookup as lookUpName, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address that leads into somebody's own network, not to the internet. */
export class PrivateAddress extends Error {
  constructor(host: string) {
    super(`${host} is not an address of the public internet`);
  }
}

/** All of IPv6 that belongs to the internet so far (RFC 4291 2.4, IANA); what is special within it has a range of its own. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address is one of the public internet. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return ip.range() === 'unicast' && (ip instanceof ipaddr.IPv4 || ip.match(GLOBAL_IPV6));
}

/** A host that is an IP address never comes to a lookup: it is refused before anything is connected. */
export function assertPublicHost(host: string): void {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !isPublic(bare)) throw new PrivateAddress(host);
}

/**
 * Resolves names as Node does, but fails for one with any address that is not public. The connection is made to the
 * very address that was checked, so a name that changes its mind in between gains nothing.
 */
export const publicLookup: LookupFunction = (host, options, callback) => {
  lookUpName(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 4);
    const [first] = addresses;
    if (!first || !addresses.every(({ address }) => isPublic(address)))
      return callback(new PrivateAddress(host), '', 4);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

/** How long a name may take to be looked up when an address is entered, in ms. */
const LOOK_UP_MS = 3_000;

/**
 * Whether an address (http or https) leads into somebody's own network, as far as can be told now, and is not one of
 * `allowedHosts`. Nothing is connected. A name that is not known now may be known later: it does not.
 */
export async function leadsInside(address: string, allowedHosts: readonly string[]): Promise<boolean> {
  const { host, hostname } = new URL(address);
  if (allowedHosts.includes(host)) return false;
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0) return !isPublic(bare);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), LOOK_UP_MS);
    publicLookup(bare, {}, (error) => {
      clearTimeout(timer);
      resolve(error instanceof PrivateAddress);
    });
  });
}
