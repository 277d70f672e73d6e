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

/** Whether an IP address is one of the public internet. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
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
