import { parse } from 'node:querystring';
import type { Request, RequestHandler } from 'express';

/** The largest form that is read, in bytes: 50 kB of three-byte characters are 150 kB once percent-encoded. */
const LARGEST = 256 * 1024;
/** Twilio sends some thirty. */
const MOST_FIELDS = 1_000;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;
const OTHER_CHARACTERS = /;\s*charset=(?!"?utf-8)/i;

/**
 * Reads the form that Twilio posted into `request.body`: names to texts, or to lists where a name comes twice. A body
 * that is no form is left alone; one that is too large (413) or not in UTF-8 (415) is an error with that status.
 */
export const readForm: RequestHandler = (request, _response, next) => {
  const type = request.headers['content-type'] ?? '';
  if (!FORM.test(type)) return next();
  if (OTHER_CHARACTERS.test(type) || request.headers['content-encoding']) return next(failure(415));
  if (Number(request.headers['content-length']) > LARGEST) return next(failure(413));
  read(request, (text) => {
    if (text === undefined || (text.length > MOST_FIELDS && text.split('&').length > MOST_FIELDS))
      return next(failure(413));
    request.body = parse(text, '&', '=', { maxKeys: MOST_FIELDS });
    next();
  });
};

/** Hands over the body's text, or undefined as soon as it is too large. */
function read(request: Request, done: (text: string | undefined) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const finish = () => done(Buffer.concat(chunks).toString());
  const take = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= LARGEST) return void chunks.push(chunk);
    request.off('data', take).off('end', finish);
    done(undefined);
  };
  request.on('data', take).on('end', finish);
}

const failure = (status: number) => Object.assign(new Error('the form cannot be read'), { status });
