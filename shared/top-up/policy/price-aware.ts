import { parseDecimal } from '../../ledger/decimal.ts';
import type { TopUpDecision, TopUpObservation } from './contract.ts';
import {
  buyQuantity,
  expiredOrders,
  type FixedThresholdParameters,
  figuresOf,
  nothing,
  ruleStock,
  wordsOf,
} from './fixed-threshold.ts';
import { clamp, quantile } from './statistics.ts';
import { bucketMs } from './use-history.ts';

/** The fixed threshold that waits for a good price while there is stock. */
export interface PriceAwareParameters extends FixedThresholdParameters {
  /** Below so many Units it buys at any allowed price. */
  readonly dangerUnits: number;
  /** An ask is good when so large a share of the last hours' asks was dearer or equal at most: 0 to 1. Default: 0.3. */
  readonly goodPriceQuantile?: number;
}

/** The asks of the last hours: one in five minutes, USD, newest last. */
export interface PriceAwareState {
  readonly version: 1;
  readonly bucket: number;
  readonly asks: readonly number[];
}

const usualQuantile = 0.3;
/** Four hours: as long as waiting could go on before Units expire. */
const keptAsks = 48;
/** With fewer, no price is called good or bad, and the threshold rules alone. */
const fewestAsks = 6;

/**
 * Buys the threshold's quantity, and while more than the danger level is there, only when the ask is among the lowest of
 * the last hours.
 */
export function decidePriceAware(
  parameters: PriceAwareParameters,
  previous: PriceAwareState | undefined,
  observation: TopUpObservation,
): TopUpDecision<PriceAwareState> {
  const state = rememberAsk(previous, observation);
  const stock = ruleStock(observation);
  if (stock === undefined)
    return { state, ...nothing('balance-unreadable', 'the balance could not be read') };
  const cancels = expiredOrders(parameters, observation);
  const { position } = stock;
  const goodAsk = goodPrice(parameters, state);
  const figures = { ...figuresOf(stock, parameters), ...(goodAsk === undefined ? {} : { goodAsk }) };
  if (position >= parameters.minimumUnits) {
    return { state, ...nothing('enough', wordsOf(stock, parameters), figures, cancels) };
  }
  const ask = askOf(observation);
  const isGood = goodAsk === undefined || (ask !== undefined && ask <= goodAsk);
  if (!isGood && position >= parameters.dangerUnits && observation.wasRefused !== true) {
    const because = `the ask is above ${goodAsk} USD, and ${wordsOf(stock, parameters)}`;
    return { state, ...nothing('waiting-for-price', because, figures, cancels, 'price') };
  }
  return { state, ...buyQuantity(parameters, observation, stock, cancels) };
}

function rememberAsk(previous: PriceAwareState | undefined, observation: TopUpObservation): PriceAwareState {
  const bucket = Math.floor(observation.now / bucketMs);
  const before: PriceAwareState = previous ?? { version: 1, bucket: -1, asks: [] };
  const ask = askOf(observation);
  if (ask === undefined || bucket === before.bucket) return before;
  return { version: 1, bucket, asks: [...before.asks, ask].slice(-keptAsks) };
}

function goodPrice(
  { goodPriceQuantile }: PriceAwareParameters,
  { asks }: PriceAwareState,
): number | undefined {
  if (asks.length < fewestAsks) return undefined;
  const share = clamp(goodPriceQuantile ?? usualQuantile, 0, 1);
  return Number(quantile(Float64Array.from(asks).toSorted(), share).toFixed(4));
}

function askOf({ bestAsk }: TopUpObservation): number | undefined {
  const price = bestAsk === null ? undefined : parseDecimal(bestAsk);
  return price === undefined ? undefined : Number(price) / 1e8;
}
