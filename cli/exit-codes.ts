/** Why a command did not do what was asked, each with an exit code of its own. `docs/cli.md` has the same table. */
export const exitCodes = {
  /** Something that should not happen. */
  failed: 1,
  /** What was typed cannot be done so. Nothing was sent. */
  usage: 2,
  /** There is no such order, instrument, stage or local stack. */
  'not-found': 3,
  /** Stopped, over a budget, or refused by the exchange: nothing was bought. */
  refused: 4,
  /** No credentials, or not the right ones. */
  credentials: 5,
  /** Something cannot be reached or is busy. The same command may be repeated. */
  unavailable: 6,
  /** An order may have been sent, and what became of it is not known yet. Repeat with the same key, never with another. */
  unclear: 7,
  /** It ran, and found something that needs a person. */
  findings: 8,
  /** The person said no, or could not be asked. */
  declined: 9,
} as const;

export type FailureKind = keyof typeof exitCodes;
