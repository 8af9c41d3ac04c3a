import { catalogue } from '../../local/backtest/demand/catalogue.ts';
import type { Demand } from '../../local/backtest/demand/demand.ts';
import { type MarketKind, openMarket } from '../../local/backtest/market/markets.ts';
import type { OrderBook } from '../../local/backtest/market/order-book.ts';

/** An application that uses one instrument, and the market that the instrument is bought on. */
export interface Application {
  readonly instrument: string;
  readonly demand: Demand;
  readonly book: OrderBook;
}

interface Choice {
  readonly instrument: string;
  /** Of the backtest's catalogue. */
  readonly trace: string;
  readonly market: readonly [kind: MarketKind, seed: number];
}

/** A large and regular one, one of office hours, and a small one that comes in bursts. */
const choices: readonly Choice[] = [
  { instrument: 'chat-prime', trace: 'customer-16', market: ['calm', 1] },
  { instrument: 'chat-fast', trace: 'diurnal-60-201', market: ['calm', 2] },
  { instrument: 'code-prime', trace: 'bursty-12-201', market: ['tight', 3] },
];

/** The applications of the week, with as many minutes as are asked for. */
export function chooseApplications(minutes: number): readonly Application[] {
  const traces = catalogue();
  return choices.map(({ instrument, trace, market: [kind, seed] }) => {
    const entry = traces.find(({ name }) => name === trace);
    if (entry === undefined) throw new Error(`There is no trace ${trace}.`);
    const { name, steps } = entry.load();
    const demand = { name, steps: steps.slice(0, minutes) };
    return { instrument, demand, book: openMarket(kind, seed, minutes) };
  });
}
