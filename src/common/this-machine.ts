/** What decides where a request comes from. */
export interface Origin {
  socket: { remoteAddress?: string | undefined };
  headers: Record<string, string | string[] | undefined>;
}

const FORWARDING =
  /^(?:forwarded|via|x-forwarded-.*|x-real-ip|x-client-ip|x-original-.*|true-client-ip|cf-connecting-ip)$/;
const LOOPBACK_PEER = /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/;
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Whether a `host` or `host:port` is a name of this machine alone. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK_HOST.test(host);

/**
 * Whether a request plainly comes from a program on this machine: loopback peer and Host, not forwarded by any proxy,
 * and not sent by a web page that somebody has open.
 */
export function isFromThisMachine({ socket, headers }: Origin): boolean {
  const host = headers['host'];
  return (
    LOOPBACK_PEER.test(socket.remoteAddress ?? '') &&
    typeof host === 'string' &&
    isLoopbackHost(host) &&
    headers['origin'] === undefined &&
    headers['sec-fetch-site'] === undefined &&
    !Object.keys(headers).some((name) => FORWARDING.test(name))
  );
}
