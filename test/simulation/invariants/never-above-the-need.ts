import { decimalScale } from '../../../shared/ledger/decimal.ts';
import type { OrderRequest } from '../exchange/exchange-order.ts';
import { isWithinAssumptions } from '../faults/fault-plan.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';
import { reservedFor } from './reserved.ts';

const longestConfusionMs = 25 * 60_000;

/** True Units, not what balances show: what was bought and is not shown yet was bought all the same. */
export const neverAboveTheNeed: Invariant = {
  number: 'I11',
  sentence:
    'A scheduled order is taken only if the true stock, with all that was already ordered when the check began, is below the minimum and what is reserved for batches.',
  atArrival: (world, order) => {
    const { scenario, facts } = world;
    const record = facts.records.get(order.clientOrderId);
    if (!isWithinAssumptions(scenario) || record?.first.source !== 'schedule') return undefined;
    if (isBeforeMemory(world, record.first.instrument)) return undefined;
    const instrument = scenario.instruments.find(({ limits }) => limits.marketId === order.marketId);
    const reserved = reservedFor(world, record.first.instrument, record.recordedBy);
    const minimum = (instrument?.minimumUnits ?? 0n) * decimalScale + reserved;
    const stock = stockBefore(world, order, record.recordedBy.startedAt);
    return stock >= minimum
      ? `${order.clientOrderId} tops up a stock of ${stock}, minimum ${minimum}`
      : undefined;
  },
};

/** The first check of an instrument takes all that was bought as arrived, and for minutes what arrives as something else. */
function isBeforeMemory({ facts, kernel }: World, instrument: string): boolean {
  const began = facts.boughtBeforeMemory.get(instrument);
  return began !== undefined && kernel.now() < began + longestConfusionMs;
}

/** What there is and what is coming, without orders that were recorded after the check began. */
function stockBefore({ exchange, facts }: World, arriving: OrderRequest, checkStartedAt: number): bigint {
  const { usable, inTrading, underWay } = exchange.market(arriving.marketId).holdings.now;
  let stock = usable + inTrading + underWay;
  // What others have bought can be known by the balance only, and that lags.
  for (const order of exchange.listed) {
    const isOthers = !facts.records.has(order.terms.clientOrderId);
    if (isOthers && order.terms.marketId === arriving.marketId) stock -= order.filled * decimalScale;
  }
  for (const order of exchange.orders) {
    const { terms } = order;
    if (terms.marketId !== arriving.marketId) continue;
    const recordedAt = facts.records.get(terms.clientOrderId)?.recordedAt ?? 0;
    const isLater = recordedAt >= checkStartedAt;
    stock += (isLater ? -order.filled : order.remaining) * decimalScale;
  }
  return stock;
}
