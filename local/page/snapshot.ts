import type * as v from 'valibot';
import type { orderAnswer, statusAnswer } from '../api-document/answers.ts';
import type { BreakageName } from './breakages.ts';
import type { Happening } from './happenings.ts';
import type { Samples } from './samples.ts';

/** Units or orders offered at a price. */
export interface Quote {
  readonly price: string;
  /** Units. */
  readonly quantity: number;
  /** Whether it is an order of ours. */
  readonly ours: boolean;
}

/** The simulated exchange as it really is, whatever its API says. */
export interface ExchangeView {
  /** The market that the page trades in. */
  readonly symbol: string;
  readonly status: 'active' | 'suspended';
  /** Best first. */
  readonly asks: readonly Quote[];
  readonly bids: readonly Quote[];
  readonly unitsPerMinute: string;
  readonly held: string;
  readonly consumed: string;
  readonly expired: string;
  /** What the application asked for while no Units were left. */
  readonly unmet: string;
  /** Lots in the order in which they expire. */
  readonly lots: readonly { readonly remaining: string; readonly expiresAt: string }[];
  /** What is broken at the moment, by the name of the button that broke it. */
  readonly broken: readonly BreakageName[];
}

/** The same money and orders in the books of both sides. */
export interface Comparison {
  /** Orders that the exchange has accepted, and how many of our ids it has more than once. */
  readonly accepted: number;
  readonly duplicates: number;
  /** USD with fees, by the exchange's books. */
  readonly spentThere: string;
}

export type StatusView = v.InferOutput<typeof statusAnswer>;
export type OrderView = v.InferOutput<typeof orderAnswer>;

/** Everything that the page shows of a moment. */
export interface Snapshot {
  /** ms since the epoch. */
  readonly at: number;
  readonly apiUrl: string;
  /** Undefined until it has been read for the first time. */
  readonly status: StatusView | undefined;
  /** Newest first. */
  readonly orders: readonly OrderView[];
  readonly exchange: ExchangeView;
  readonly comparison: Comparison;
  readonly samples: Samples;
  readonly happenings: readonly Happening[];
}
