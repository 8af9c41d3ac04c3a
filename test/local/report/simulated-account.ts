import type { CollectedPeriod } from '../../../local/report/collect.ts';
import type { DecisionView, OrderView, StatusView } from '../../../local/report/read-api.ts';
import { decimalScale, formatDecimal, formatUsd, minimum } from '../../../shared/ledger/decimal.ts';

/** How an account is used and topped up, minute by minute. */
export interface AccountPlan {
  /** ms since the epoch; a whole minute. */
  readonly from: number;
  readonly minutes: number;
  /** Units that are wanted in a minute, in 10⁻⁸. */
  readonly demand: (minute: number) => bigint;
  /** Whole Units to order after the check of a minute, with 0 for none. */
  readonly order: (minute: number, usable: bigint) => number;
  /** Minutes from the order to its fill. */
  readonly rests: (minute: number) => number;
  /** Best ask in 10⁻⁸ USD. */
  readonly ask: (minute: number) => bigint;
  /** Minutes without a check. */
  readonly isSilent?: (minute: number) => boolean;
}

/** What really happened, in 10⁻⁸ Units. */
export interface Truth {
  readonly bought: bigint;
  readonly used: bigint;
  readonly expired: bigint;
  readonly held: bigint;
  /** Bought and not filled yet. */
  readonly open: bigint;
}

export interface SimulatedAccount {
  readonly decisions: readonly DecisionView[];
  readonly orders: readonly OrderView[];
  readonly truth: Truth;
}

const minuteMs = 60_000;
const life = 240;
const symbol = 'chat-prime';

interface Waiting {
  readonly at: number;
  readonly units: number;
  readonly order: OrderView;
}

/** An account whose lots are known: they live for four hours and the oldest is used first. */
export function simulateAccount(plan: AccountPlan): SimulatedAccount {
  const lots: { expires: number; left: bigint }[] = [];
  const waiting: Waiting[] = [];
  const decisions: DecisionView[] = [];
  const orders: OrderView[] = [];
  let [bought, used, expired] = [0n, 0n, 0n];
  const held = () => lots.reduce((all, { left }) => all + left, 0n);
  for (let minute = 0; minute < plan.minutes; minute += 1) {
    const at = plan.from + minute * minuteMs;
    for (const lot of lots.filter(({ expires }) => expires <= minute)) {
      expired += lot.left;
      lot.left = 0n;
    }
    while (lots[0]?.left === 0n) lots.shift();
    if (plan.isSilent?.(minute) !== true) {
      const usable = held();
      const incoming = waiting.reduce((all, { units }) => all + units, 0);
      decisions.push(decisionAt(at, usable, incoming, plan.ask(minute)));
      const units = plan.order(minute, usable);
      if (units > 0) {
        const order = orderAt(at + 2_000, units, plan.ask(minute), orders.length);
        waiting.push({ at: minute + plan.rests(minute), units, order });
      }
    }
    for (const filled of waiting.filter((one) => one.at === minute)) {
      waiting.splice(waiting.indexOf(filled), 1);
      lots.push({ expires: minute + life, left: BigInt(filled.units) * decimalScale });
      bought += BigInt(filled.units) * decimalScale;
      orders.push({ ...filled.order, updatedAt: iso(nextCheck(plan, minute) + 1_000) });
    }
    let wanted = plan.demand(minute);
    for (const lot of lots) {
      const taken = minimum(lot.left, wanted);
      lot.left -= taken;
      wanted -= taken;
      used += taken;
    }
  }
  const end = plan.from + plan.minutes * minuteMs;
  decisions.push(decisionAt(end, held(), 0, plan.ask(plan.minutes)));
  const open = waiting.reduce((all, { units }) => all + BigInt(units) * decimalScale, 0n);
  return {
    decisions,
    orders: orders.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)),
    truth: { bought, used, expired, held: held(), open },
  };
}

/** It reads the balance, and then records what was filled. */
function nextCheck({ from, minutes, isSilent }: AccountPlan, minute: number): number {
  let next = minute + 1;
  while (next < minutes && isSilent?.(next) === true) next += 1;
  return from + next * minuteMs;
}

/** The account as the API would tell of it, by default just after its last check. */
export function collectedOf(
  { decisions, orders }: Pick<SimulatedAccount, 'decisions' | 'orders'>,
  from: number,
  minutes: number,
  to = from + minutes * minuteMs + 1,
): CollectedPeriod {
  return {
    period: { from, to },
    status: statusAt(to, orders),
    orders,
    decisions: new Map([[symbol, decisions]]),
  };
}

export function statusAt(at: number, orders: readonly OrderView[] = []): StatusView {
  const month = iso(at).slice(0, 7);
  const spent = orders
    .filter(({ createdAt }) => createdAt.startsWith(month))
    .reduce((all, order) => all + Math.round(Number(order.spent) * 1e8), 0);
  const budget = { cap: '200.00', spent: '0.00', reserved: '0.00', available: '0.00' };
  return {
    stage: 'test',
    time: iso(at),
    limits: { perDay: '200.00', perMonth: '2000.00' },
    budgets: {
      day: { ...budget, period: iso(at).slice(0, 10) },
      month: { ...budget, period: month, cap: '2000.00', spent: formatUsd(BigInt(spent)) },
    },
    instruments: [{ symbol, policy: 'adaptive', maximumPrice: '2.50' }],
  };
}

export function orderAt(at: number, units: number, price: bigint, index: number): OrderView {
  return {
    id: `order-${index}-${at}`,
    state: 'FILLED',
    confirmed: true,
    reason: null,
    instrument: symbol,
    marketId: 'market-1',
    type: 'limit',
    quantity: units,
    limitPrice: formatUsd(price),
    timeInForce: 'gtc',
    filledQuantity: units,
    averagePrice: formatUsd(price),
    reserved: '0.00',
    spent: formatUsd(BigInt(units) * price),
    source: 'schedule',
    clientOrderId: `order-${index}`,
    exchangeOrderId: null,
    matchedBy: null,
    createdAt: iso(at),
    updatedAt: iso(at + 1_000),
    sentAt: iso(at + 200),
    cancelRequestedAt: null,
  };
}

export function decisionAt(at: number, usable: bigint, incoming: number, ask: bigint): DecisionView {
  return {
    time: iso(at),
    instrument: symbol,
    trigger: 'schedule',
    policy: 'adaptive',
    words: 'Nothing to do.',
    reason: 'enough',
    boundBy: null,
    usable: formatDecimal(usable),
    incoming: formatDecimal(BigInt(incoming) * decimalScale),
    coverMinutes: Number(usable / 10_000_000n),
    bestAsk: formatUsd(ask),
    bookReadAt: iso(at),
    figures: {},
    actions: [],
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
