import type { Response } from 'express';

/** What is no page is never to be shown, framed or guessed at as one. */
export const NO_PAGE = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
};

/** Where the time went, in ms; what is undefined was not gone through. */
export type Stages = Readonly<Record<string, number | undefined>>;

/** Answers with a TwiML document. Times only, nothing of the call, go with it (w3.org/TR/server-timing). */
export function answerTwiml(response: Response, twiml: string, stages?: Stages): void {
  const timing = stages ? { 'Server-Timing': serverTiming(stages) } : {};
  answer(response, { status: 200, type: 'text/xml', text: twiml, headers: timing });
}

function serverTiming(stages: Stages): string {
  let text = '';
  for (const [stage, ms] of Object.entries(stages))
    if (ms !== undefined) text += `${text && ', '}${stage};dur=${Math.round(ms * 10) / 10}`;
  return text;
}

/** Answers in plain words, for people who look into what went wrong. */
export const answerPlainly = (response: Response, status: number, words: string): void =>
  answer(response, { status, type: 'text/plain', text: words });

/** Twilio is told that we have heard; it makes nothing of anything more. */
export const answerNothing = (response: Response): void => void response.writeHead(204, NO_PAGE).end();

interface Answer {
  status: number;
  type: string;
  text: string;
  headers?: Record<string, string>;
}

/** Without Express's `send`, whose charset, ETag and freshness are for pages; headers in one go are the cheapest. */
function answer(response: Response, { status, type, text, headers }: Answer): void {
  const own = { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(text) };
  response.writeHead(status, { ...NO_PAGE, ...own, ...headers }).end(text);
}
