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
  const state = rememberAsk(isOwnState(previous) ? previous : noAsks, observation);
  const stock = ruleStock(observation);
  const need = parameters.minimumUnits.toString();
  const anyhow = { state, need, dependsOnPrices: false };
  if (stock === undefined)
    return { ...anyhow, ...nothing('balance-unreadable', 'the balance could not be read') };
  const cancels = expiredOrders(parameters, observation);
  const { position } = stock;
  const goodAsk = goodPrice(parameters, state);
  const figures = { ...figuresOf(stock, parameters), ...(goodAsk === undefined ? {} : { goodAsk }) };
  if (position >= parameters.minimumUnits) {
    return { ...anyhow, ...nothing('enough', wordsOf(stock, parameters), figures, cancels) };
  }
  const mayWait = position >= parameters.dangerUnits && observation.wasRefused !== true;
  const ask = askOf(observation);
  const isGood = goodAsk === undefined || (ask !== undefined && ask <= goodAsk);
  const answer =
    isGood || !mayWait
      ? buyQuantity(parameters, observation, stock, cancels)
      : nothing(
          'waiting-for-price',
          `the ask is above ${goodAsk} USD, and ${wordsOf(stock, parameters)}`,
          figures,
          cancels,
          'price',
        );
  return { ...anyhow, dependsOnPrices: mayWait, ...answer };
}

const noAsks: PriceAwareState = { version: 1, bucket: -1, asks: [] };

/** After a change of policy the state is another's. */
function isOwnState(previous: PriceAwareState | undefined): previous is PriceAwareState {
  return Array.isArray(previous?.asks);
}

/** An ask stands for all of the time since the one before it, so that rare looks teach the same as many. */
function rememberAsk(before: PriceAwareState, observation: TopUpObservation): PriceAwareState {
  const bucket = Math.floor(observation.now / bucketMs);
  const ask = askOf(observation);
  if (ask === undefined || bucket === before.bucket) return before;
  const times = before.asks.length === 0 ? 1 : clamp(bucket - before.bucket, 1, keptAsks);
  const asks = [...before.asks, ...Array<number>(times).fill(ask)].slice(-keptAsks);
  return { version: 1, bucket, asks };
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
