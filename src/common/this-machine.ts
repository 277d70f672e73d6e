/** What decides where a request comes from. */
export interface Origin {
  socket: { remoteAddress?: string | undefined };
  headers: Record<string, string | string[] | undefined>;
  httpVersion: string;
}

/** Headers that proxies, tunnels and content delivery networks add. */
const FORWARDING =
  /^(?:forwarded.*|via|x-forwarded.*|(?:.*-)?client-ip|x-real-ip|x-original-.*|x-envoy-.*|x-amzn?-.*|x-vercel-.*|x-azure-.*|x-appengine-.*|x-arr-.*|x-cluster-.*|x-proxy.*|x-remote-.*|x-scheme|x-host|fly-.*|tailscale-.*|cf-.*|cdn-loop)$/;
const LOOPBACK_PEER = /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/;
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Whether a `host` or `host:port` is a name of this machine alone. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK_HOST.test(host);

/**
 * Whether a request plainly comes from a program on this machine: loopback peer and Host, not forwarded by any proxy,
 * and not sent by a web page that somebody has open. HTTP/1.0 is how nginx forwards when told nothing else: it then
 * replaces Host and adds no header at all (nginx.org, proxy_http_version).
 */
export function isFromThisMachine({ socket, headers, httpVersion }: Origin): boolean {
  const host = headers['host'];
  return (
    LOOPBACK_PEER.test(socket.remoteAddress ?? '') &&
    typeof host === 'string' &&
    isLoopbackHost(host) &&
    httpVersion !== '1.0' &&
    headers['origin'] === undefined &&
    headers['sec-fetch-site'] === undefined &&
    !Object.keys(headers).some((name) => FORWARDING.test(name))
  );
}
