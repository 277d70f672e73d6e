import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Nothing from elsewhere, nothing inline, no frames; no upgrade to https, which a plain local address has not. */
const directives = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'script-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'media-src': ["'self'"],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The headers of every answer of the console. */
export function createHeaders(publicBaseUrl: () => string | undefined): RequestHandler[] {
  const helmetHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    frameguard: { action: 'deny' },
    // "no-referrer" would make browsers send `Origin: null` with our own forms (fetch.spec.whatwg.org, 3.2).
    referrerPolicy: { policy: 'same-origin' },
  });
  return [
    helmetHeaders,
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      if (publicBaseUrl()?.startsWith('https:')) response.set('Strict-Transport-Security', 'max-age=31536000');
      else response.removeHeader('Strict-Transport-Security');
      next();
    },
  ];
}

/** Lets the pages of the given origins call the API with a token; cookies are for our own pages. */
export function createCors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin');
    if (origins.length > 0) response.vary('Origin');
    if (origin === undefined || !origins.includes(origin)) return next();
    response.set('Access-Control-Allow-Origin', origin);
    if (request.method !== 'OPTIONS') return next();
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST, PUT, DELETE',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      'Access-Control-Max-Age': '600',
    });
    response.status(204).end();
  };
}
