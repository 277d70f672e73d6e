import type { Request, Response } from 'express';
import { LONGEST_SESSION_MS } from './sessions';
import { usesHttps } from './where-from';

/** Browsers keep a cookie of this name only from the host itself and over https (RFC 6265bis, 4.1.3.2). */
const SECURE_NAME = '__Host-frontdesk';
/** For http on this machine or a local network, where browsers keep no secure cookie. */
const PLAIN_NAME = 'frontdesk';
const SESSION_ID = /^[\w-]{43}$/;

/** The session id a browser sent. Over https a plain cookie is not read: a neighbouring host could have set it. */
export function sessionIdIn(request: Request, publicBaseUrl: string | undefined): string | undefined {
  const sent = new Map(
    (request.headers.cookie ?? '').split(';').map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=', 2);
      return [name, value] as const;
    }),
  );
  const plain = usesHttps(request, publicBaseUrl) ? undefined : sent.get(PLAIN_NAME);
  const id = sent.get(SECURE_NAME) ?? plain ?? '';
  return SESSION_ID.test(id) ? id : undefined;
}

/** Gives the browser its session id, or with undefined takes it away. */
export function setSessionCookie(response: Response, id: string | undefined, publicBaseUrl: string | undefined): void {
  const secure = usesHttps(response.req, publicBaseUrl) ?? true;
  response.cookie(secure ? SECURE_NAME : PLAIN_NAME, id ?? '', {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: id === undefined ? 0 : LONGEST_SESSION_MS,
  });
}
