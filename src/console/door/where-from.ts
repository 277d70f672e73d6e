import type { Request } from 'express';
import { isFromThisMachine, isLoopbackHost } from '../../common/this-machine';

/** Addresses that count as the console's own, besides the one a request was sent to. */
export interface OwnAddresses {
  publicBaseUrl: () => string | undefined;
  corsOrigins: readonly string[];
}

/**
 * Whether a request plainly comes from a program or a browser on this machine. Unlike a webhook it may come from a
 * page, if that page is the console's own under a loopback address.
 */
export function isOwnersMachine(request: Request): boolean {
  const { origin, 'sec-fetch-site': site, host } = request.headers;
  const ownPage = origin === undefined || origin === `http://${host ?? ''}`;
  const headers = { ...request.headers, origin: undefined, 'sec-fetch-site': undefined };
  const { socket, httpVersion } = request;
  return ownPage && isOwnSite(site) && isFromThisMachine({ socket, headers, httpVersion });
}

/** Whether a request bears the marks a browser leaves. */
export const isFromBrowser = ({ headers }: Request): boolean =>
  [headers.origin, headers['sec-fetch-site'], headers.referer, headers.cookie].some((mark) => mark !== undefined);

/**
 * Whether a request that changes something was not sent by somebody else's page. What the browser itself says of the
 * sender counts first; a proxy may have changed the host that `Origin` is compared with.
 */
export function isFromOwnPage(request: Request, own: OwnAddresses): boolean {
  const { origin, 'sec-fetch-site': site, host } = request.headers;
  if (origin !== undefined && own.corsOrigins.includes(origin)) return true;
  if (site !== undefined) return isOwnSite(site);
  if (origin === undefined) return true;
  return URL.canParse(origin) && (new URL(origin).host === host || origin === originOf(own.publicBaseUrl()));
}

const isOwnSite = (site: string | string[] | undefined) =>
  site === undefined || site === 'same-origin' || site === 'none';

const originOf = (url: string | undefined) =>
  url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined;

/** Whether the browser used https, as far as can be told. What a client claims here concerns its own cookie alone. */
export function usesHttps(request: Request, publicBaseUrl: string | undefined): boolean | undefined {
  const { origin, host = '', 'x-forwarded-proto': forwarded } = request.headers;
  if (origin !== undefined && /^https?:\/\//.test(origin)) return origin.startsWith('https:');
  if (typeof forwarded === 'string') return forwarded.split(',')[0]?.trim() === 'https';
  if (publicBaseUrl !== undefined && URL.canParse(publicBaseUrl) && new URL(publicBaseUrl).host === host) {
    return publicBaseUrl.startsWith('https:');
  }
  return isLoopbackHost(host) ? false : undefined;
}

/**
 * Whose tries are counted together: the peer, or what the proxy on this machine says of its own peer. IPv6 by its
 * first 64 bits, which are one household's.
 */
export function addressOf(request: Request): string {
  const peer = request.socket.remoteAddress ?? '';
  const forwarded = String(request.headers['x-forwarded-for'] ?? '');
  const nearest = forwarded.split(',').at(-1)?.trim();
  const address = nearest && /^(?:::ffff:)?127\.|^::1$/.test(peer) ? nearest : peer;
  const bare = address.replace(/^::ffff:/, '').slice(0, 45);
  return bare.includes(':') ? bare.split(':').slice(0, 4).join(':') : bare;
}
