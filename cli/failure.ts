import type { FailureKind } from './exit-codes.ts';

/** What a failure says beyond what went wrong. */
export interface FailureDetails {
  /** A stable code for programs. @default the kind */
  readonly code?: string;
  /** Why it went wrong. */
  readonly why?: string;
  /** What the person can do about it. */
  readonly todo?: string;
  /** Everything that is wrong with what was given, one by one. */
  readonly problems?: readonly string[];
  /** What is known beside it, for programs, such as the order it is about. */
  readonly data?: object;
}

/** A command that cannot do what was asked, in words for the person who asked. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly details: FailureDetails;

  /** @param what went wrong, in one sentence */
  constructor(kind: FailureKind, what: string, details: FailureDetails = {}) {
    super(what);
    this.kind = kind;
    this.details = details;
  }
}
