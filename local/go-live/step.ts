import type * as v from 'valibot';
import type { exchangeDialectSchema } from '../../shared/configuration/exchange-dialect.ts';
import type { Usd } from '../../shared/ledger/decimal.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { RawClient } from './raw-client.ts';
import type { Terms } from './terms.ts';

/** The settings of `exchange.dialect` that an answer decides. */
export type DialectSettings = v.InferInput<typeof exchangeDialectSchema>;

/** Something that is known now. */
export interface Finding {
  readonly question: string;
  readonly answer: string;
  /** Whether grid-buyer can live with it as it is, or with the settings that follow. */
  readonly isFine: boolean;
  readonly dialect?: DialectSettings;
}

/** What a test works with. */
export interface Laboratory {
  readonly client: RawClient;
  readonly clock: Clock;
  /** A client order id that was never used. */
  readonly newId: () => string;
}

/** One of the contract tests. */
export interface Step {
  readonly name: string;
  /** What it does, told before it is done. */
  readonly does: string;
  /** The most that it can spend, whatever the exchange does. */
  readonly spendsAtMost: (terms: Terms) => Usd;
  readonly run: (laboratory: Laboratory) => Promise<readonly Finding[]>;
}
