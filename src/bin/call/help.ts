/** Printed by --help. */
export const USAGE = `Call Frontdesk from the terminal, without a telephone.

  npm run call                                   talk to it by typing
  npm run call -- --say "Are you open today?"    say this, then hang up

  --say "words"      what the caller says; may be repeated
  --digits "123#"    keys the caller presses; may be repeated, and mixed with --say in any order
  --expect "regex"   must match something the receptionist said in words; may be repeated
  --json             print the report as JSON and nothing else
  --real             wait as long as a real call would
  --trial            with the limits of a Twilio trial account
  --url URL          where Frontdesk listens (http://127.0.0.1:PORT, or port 3000)
  --from, --to       the two telephone numbers
  --auth-token T     sign the requests with this Twilio auth token
  --public-url URL   the public address Frontdesk has been given (PUBLIC_BASE_URL)

Exit status: 0 for a clean call, 1 when something was wrong with it, 2 when nobody answers or the command is wrong.
`;

/** Printed at the start of a typed call, and by /help. */
export const KEYS = `Type what you say. An empty line is silence, /press 12# presses keys, /hangup hangs up, /help shows this.
`;
