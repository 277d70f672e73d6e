/** Faults for which Twilio has no number. */
export type OwnCode =
  | 'clip-format' // not 8 kHz mono mu-law, A-law or 16-bit audio in a WAV file
  | 'clip-truncated' // shorter than its own header says
  | 'clip-silent'
  | 'not-heard' // the caller did something the call was not listening for
  | 'not-simulated' // correct TwiML this simulator cannot play
  | 'too-many-documents'
  | 'trial-hops'
  | 'unmatched' // nothing said matches what was expected
  | 'unreachable-verb'
  | 'unsaid'; // the call ended before the caller had said everything

/** Something that is wrong with an answer. `code` is Twilio's own number where it has one. `url` is where it came from. */
export interface Problem {
  code: number | OwnCode;
  message: string;
  url: string;
}

/** A problem after which no call can go on: the caller would hear "an application error has occurred". */
export class FatalProblem extends Error {
  override readonly name = 'FatalProblem';

  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Ends the call with this problem. Always throws FatalProblem. */
export function fail(code: Problem['code'], message: string, url: string): never {
  throw new FatalProblem({ code, message, url });
}
