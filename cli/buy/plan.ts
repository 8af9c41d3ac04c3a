import { formatUsd, parseDecimal, type Usd } from '../../shared/ledger/decimal.ts';
import { reservationFor } from '../../shared/ledger/reservation.ts';
import type { Instrument, Status } from '../api/answers.ts';
import { Failure } from '../failure.ts';
import { usd } from '../output/amounts.ts';

/** What somebody wants to buy. Prices are decimal strings in USD. */
export interface BuyInput {
  readonly market: string;
  readonly units: number;
  /** @default at the market */
  readonly price?: string | undefined;
  readonly timeInForce?: string | undefined;
}

/** What would be sent, and what it means. */
export interface BuyPlan {
  /** Symbol. */
  readonly instrument: string;
  /** The body of `POST /orders`. */
  readonly request: object;
  /** The most that it takes from the budgets, the fee allowance included. USD. */
  readonly costAtMost: string;
  /** What is left today and this month before it. USD. */
  readonly leftToday: string;
  readonly leftThisMonth: string;
  /** Why it would be refused now; none if it would be sent. */
  readonly obstacles: readonly string[];
}

/**
 * Plans an order within the terms of its instrument.
 *
 * @throws Failure if there is no such instrument, or it cannot be bought so
 */
export function planOf(wanted: BuyInput, status: Status): BuyPlan {
  const instrument = instrumentNamed(wanted.market, status);
  const problems = problemsOf(wanted, instrument);
  if (problems.length > 0)
    throw new Failure('usage', `${instrument.symbol} cannot be bought so.`, { problems });
  const { symbol, maximumPrice, feeBasisPoints } = instrument;
  const price = exact(wanted.price ?? maximumPrice);
  const cost = reservationFor(BigInt(wanted.units), price, BigInt(feeBasisPoints));
  const { day, month } = status.budgets;
  return {
    instrument: symbol,
    request: requestOf(wanted),
    costAtMost: formatUsd(cost),
    leftToday: day.available,
    leftThisMonth: month.available,
    obstacles: obstaclesTo(cost, instrument, status),
  };
}

function requestOf({ market, units: quantity, price, timeInForce }: BuyInput): object {
  return {
    market,
    type: price === undefined ? 'market' : 'limit',
    quantity,
    ...(price === undefined ? {} : { price }),
    ...(timeInForce === undefined ? {} : { timeInForce }),
  };
}

function instrumentNamed(market: string, { instruments }: Status): Instrument {
  const found = instruments.find(({ symbol, marketId }) => symbol === market || marketId === market);
  if (found !== undefined) return found;
  throw new Failure('not-found', `There is no instrument ${JSON.stringify(market)} here.`, {
    code: 'unknown-market',
    todo: `Buy one of ${instruments.map(({ symbol }) => symbol).join(', ')}.`,
  });
}

function problemsOf({ units: quantity, price }: BuyInput, terms: Instrument): string[] {
  const { maximumQuantity, maximumPrice, priceTick } = terms;
  const problems: string[] = [];
  if (quantity > maximumQuantity) problems.push(`UNITS must be at most ${maximumQuantity} in one order`);
  if (price === undefined) return problems;
  if (exact(price) > exact(maximumPrice)) problems.push(`--price must be at most ${maximumPrice} USD`);
  if (exact(price) % exact(priceTick) !== 0n) problems.push(`--price must be a multiple of ${priceTick} USD`);
  return problems;
}

function obstaclesTo(cost: Usd, { symbol, paused }: Instrument, status: Status): string[] {
  const { stoppedBy, limits, budgets, ordersThisHour } = status;
  const over = (limit: string, of: string) =>
    cost > exact(limit) ? [`it may cost ${usd(formatUsd(cost))}, and ${usd(limit)} is left for ${of}`] : [];
  return [
    ...(stoppedBy === null ? [] : [`buying is stopped (${stoppedBy})`]),
    ...(paused ? [`${symbol} is paused`] : []),
    ...over(limits.perOrder, 'one order'),
    ...over(budgets.day.available, 'today'),
    ...over(budgets.month.available, 'this month'),
    ...(ordersThisHour >= limits.ordersPerHour
      ? [`there were ${ordersThisHour} orders in this hour already`]
      : []),
  ];
}

function exact(amount: string): bigint {
  return parseDecimal(amount) ?? 0n;
}
