import type { Response } from 'express';

/** What is no page is never to be shown, framed or guessed at as one. */
export const NO_PAGE = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
};

/** Answers with a TwiML document. */
export const answerTwiml = (response: Response, twiml: string): void =>
  answer(response, { status: 200, type: 'text/xml', text: twiml });

/** Answers in plain words, for people who look into what went wrong. */
export const answerPlainly = (response: Response, status: number, words: string): void =>
  answer(response, { status, type: 'text/plain', text: words });

/** Twilio is told that we have heard; it makes nothing of anything more. */
export const answerNothing = (response: Response): void => void response.writeHead(204, NO_PAGE).end();

/** Without Express's `send`, whose charset, ETag and freshness are for pages; headers in one go are the cheapest. */
function answer(response: Response, { status, type, text }: { status: number; type: string; text: string }): void {
  const own = { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(text) };
  response.writeHead(status, { ...NO_PAGE, ...own }).end(text);
}
