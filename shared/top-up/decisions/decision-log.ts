import type { Decision } from './decision.ts';

/** Where decisions are kept for people to look up, for two weeks. Nothing is decided by what is in it. */
export interface DecisionLog {
  /** Keeps a decision. One that is lost is no loss: whoever records goes on if this throws. */
  record(decision: Decision): Promise<void>;
  /** The decisions about an instrument, newest first. */
  list(query: DecisionQuery): Promise<DecisionPage>;
}

export interface DecisionQuery {
  /** Symbol. */
  readonly instrument: string;
  readonly limit: number;
  /** Opaque, from the page before. */
  readonly cursor?: string;
}

export interface DecisionPage {
  readonly decisions: readonly Decision[];
  readonly nextCursor: string | undefined;
}
