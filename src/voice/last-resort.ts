const SORRY = "I'm sorry, something went wrong for a moment. Please say that again.";
const GOODBYE = "I'm sorry, something went wrong. Please call again in a few minutes. Goodbye.";

/**
 * TwiML for when everything else failed, made of constants and a basic voice that is always there: apologises and
 * listens at `processUrl`, or hangs up without one.
 */
export function lastResort(processUrl?: string): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?><Response>';
  if (!processUrl) return `${head}<Say voice="woman">${GOODBYE}</Say><Hangup/></Response>`;
  const action = processUrl.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
  return (
    `${head}<Gather input="speech dtmf" action="${action}" method="POST" timeout="6" speechTimeout="auto" ` +
    `actionOnEmptyResult="true"><Say voice="woman">${SORRY}</Say></Gather></Response>`
  );
}
