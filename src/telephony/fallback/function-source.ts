import type { SpokenFallback } from './spoken';
import { closingTwiml, openingTwiml } from './twiml';

/** The path of the Function on its domain. */
export const FUNCTION_PATH = '/answer';

/**
 * The Twilio Function's source. Its two documents are made here and written into it, so that while Frontdesk is down
 * nothing is left that could fail: no package, no variable, no request.
 */
export function functionSource(spoken: SpokenFallback): string {
  const opening = JSON.stringify(openingTwiml(spoken, `${FUNCTION_PATH}?after=message`));
  const closing = JSON.stringify(closingTwiml(spoken));
  return `// Made by Frontdesk, which replaces it when the profile changes. It answers while Frontdesk is down.
const OPENING = ${opening};
const CLOSING = ${closing};

exports.handler = (context, event, callback) => {
  const response = new Twilio.Response();
  response.appendHeader('Content-Type', 'text/xml');
  response.setBody(event.after === 'message' ? CLOSING : OPENING);
  callback(null, response);
};
`;
}
