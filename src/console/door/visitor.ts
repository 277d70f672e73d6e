import type { Response } from 'express';

/**
 * Who is let in: a program or browser on this machine while nobody has set a password, a browser that signed in, or a
 * script with a token. `csrf` proves that a form came from our own page; scripts need none.
 */
export type Visitor =
  | { kind: 'machine'; csrf: string }
  | { kind: 'session'; idHash: string; csrf: string }
  | { kind: 'token'; name: string; fromEnvironment: boolean };

/** Remembers who is asking, for the handlers that come after. */
export const welcome = (response: Response, visitor: Visitor): void => {
  (response.locals as { visitor?: Visitor }).visitor = visitor;
};

/** Who is asking, behind the gate. Throws before it. */
export function visitorOf(response: Response): Visitor {
  const { visitor } = response.locals as { visitor?: Visitor };
  if (!visitor) throw new Error('A page outside the gate asked who is there.');
  return visitor;
}
