import type { Request } from 'express';
import { isSigned } from './signature';

const DEFAULT_PORTS = { 'https:': '443', 'http:': '80' } as const;

/**
 * The address for which a refused webhook was truly signed, if it is one that this request could have come by: http
 * or https, with or without the port, the forwarded host, the public one, with a slash at the end. Undefined where
 * none fits.
 */
export function addressSignedFor(
  request: Request,
  { authTokens, publicBase }: { authTokens: readonly string[]; publicBase: string | undefined },
): string | undefined {
  const form = request.body as Record<string, unknown> | undefined;
  const signature = request.get('x-twilio-signature');
  for (const base of basesOf(request, publicBase)) {
    for (const path of pathsOf(request.originalUrl)) {
      if (isSigned({ path, form, signature }, authTokens, [base]))
        return path === request.originalUrl ? base : `${base} (path ${path})`;
    }
  }
  return undefined;
}

function basesOf(request: Request, publicBase: string | undefined): Set<string> {
  const given = publicBase === undefined ? [] : [new URL(publicBase).host];
  const forwarded = [request.get('x-forwarded-host'), /host="?([^;,"]+)/i.exec(request.get('forwarded') ?? '')?.[1]];
  const hosts = [...given, ...forwarded.map((host) => host?.split(',')[0]?.trim()), request.get('host')];
  const prefix = publicBase === undefined ? '' : new URL(publicBase).pathname.replace(/\/$/, '');
  const bases = hosts.flatMap((host) => (host ? withPorts(host, request.get('x-forwarded-port')) : []));
  return new Set(bases.flatMap((base) => (prefix === '' ? [base] : [base, base + prefix])));
}

function withPorts(host: string, forwardedPort: string | undefined): string[] {
  const name = host.replace(/:\d+$/, '');
  return (['https:', 'http:'] as const).flatMap((protocol) =>
    [host, name, `${name}:${DEFAULT_PORTS[protocol]}`, ...(forwardedPort ? [`${name}:${forwardedPort}`] : [])].map(
      (authority) => `${protocol}//${authority}`,
    ),
  );
}

function pathsOf(url: string): string[] {
  const [path = '', query] = url.split('?', 2);
  const rest = query === undefined ? '' : `?${query}`;
  return [url, path.endsWith('/') ? path.replace(/\/+$/, '') + rest : `${path}/${rest}`];
}
