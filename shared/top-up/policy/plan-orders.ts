import {
  formatUsd,
  maximum,
  minimum,
  parseDecimal,
  roundDownToTick,
  type Usd,
} from '../../ledger/decimal.ts';
import type { OpenOrder, OrderPurpose, PlannedOrder } from './contract.ts';
import type { Levels } from './levels.ts';
import { affordableUnits, type PurchaseBounds } from './purchase-bounds.ts';
import { minuteMs } from './use-history.ts';

/** What is there and what is wanted. */
export interface Situation {
  readonly now: number;
  readonly levels: Levels;
  /** Units that are usable or on their way, without those of open orders. */
  readonly stock: number;
  readonly openOrders: readonly OpenOrder[];
  /** USD; undefined where the book shows nothing to go by. */
  readonly patientPrice: Usd | undefined;
  readonly urgentPrice: Usd;
  readonly ask: Usd | undefined;
  readonly bounds: PurchaseBounds;
  readonly patienceMinutes: number;
  /** Whether orders may wait for a better price at all. */
  readonly isPatient: boolean;
  /** Whether purchases do not show in the balance at all. */
  readonly isBlind: boolean;
}

/** What to do about orders, and why. */
export interface Plan {
  readonly cancels: readonly string[];
  readonly orders: readonly PlannedOrder[];
  readonly reason: string;
  readonly boundBy: string | null;
  /** Units that are there, on their way, or may still be bought by open orders that stay. */
  readonly position: number;
  /** Whether other prices could have led to another plan. With no order open and nothing wanted they could not. */
  readonly dependsOnPrices: boolean;
}

/** A review sends at most so many orders and cancellations. */
const mostWrites = 2;
const rounding = 1e-9;
/** A patient order is priced anew once the price it should have is more ticks than this above its own. */
const staleTicks = 1n;

/** Decides which orders go and which come. */
export function planOrders(situation: Situation): Plan {
  const { levels, stock, openOrders } = situation;
  const isUrgent = stock < levels.danger - rounding;
  const ending = openOrders.filter((order) => order.isEnding === true);
  const live = openOrders.filter((order) => order.isEnding !== true);
  const unwanted = live.filter((order) => isToLeave(order, situation, isUrgent)).toSorted(bySize);
  // One write is kept for a purchase; what cannot be cancelled in this review counts as staying.
  const leaving = unwanted.slice(0, mostWrites - 1);
  const staying = live.filter((order) => !leaving.includes(order));
  // An order that is being cancelled may still buy. Only when stock is dangerously low is that risk taken.
  const uncertain = isUrgent ? unitsOf(ending.filter(isUrgentOrder)) : unitsOf([...leaving, ...ending]);
  const position = stock + unitsOf(staying) + uncertain;
  const purpose: OrderPurpose = isUrgent || !situation.isPatient ? 'urgent' : 'patient';
  const isTaken = openOrders.some((order) => isUrgentOrder(order) === (purpose === 'urgent'));
  const wish = { purpose, units: wantedUnits(situation, purpose, position), isUrgent, position };
  const bought =
    bridge(situation, isUrgent, staying, position) ??
    (wish.units === 0 ? nothingToBuy(levels) : isTaken ? orderIsOpen : buy(situation, wish));
  const cancels = unwanted.map(({ orderId }) => orderId).slice(0, mostWrites - bought.orders.length);
  return { ...bought, cancels, position, dependsOnPrices: openOrders.length > 0 || wish.units > 0 };
}

function unitsOf(orders: readonly OpenOrder[]): number {
  return orders.reduce((sum, { remaining }) => sum + Math.max(0, remaining), 0);
}

function bySize(a: OpenOrder, b: OpenOrder): number {
  return b.remaining - a.remaining;
}

/** An order of unknown purpose counts as urgent: it is left alone longer. */
function isUrgentOrder({ purpose }: OpenOrder): boolean {
  return purpose !== 'patient';
}

function isToLeave(order: OpenOrder, situation: Situation, isUrgent: boolean): boolean {
  const { levels, stock, openOrders, now, patienceMinutes, urgentPrice, ask } = situation;
  const price = parseDecimal(order.limitPrice) ?? 0n;
  if (isUrgentOrder(order)) {
    // One that rests has not bought at once: a better price is bid, or a patient order takes its place.
    const rests = ask !== undefined && price < ask;
    return rests && (price < urgentPrice || !isUrgent);
  }
  const isOld = now - order.placedAt >= patienceMinutes * minuteMs;
  const isTooMuch = stock + unitsOf(openOrders) - levels.level >= 2;
  return isUrgent || isOld || isTooMuch || isStale(price, situation);
}

function isStale(price: Usd, { patientPrice, bounds }: Situation): boolean {
  return patientPrice !== undefined && price < patientPrice - staleTicks * bounds.tick;
}

/** Whole Units to buy now, before bounds; the position never ends above the level plus one Unit. */
function wantedUnits({ levels, isPatient }: Situation, purpose: OrderPurpose, position: number): number {
  const upTo = purpose === 'urgent' && isPatient ? levels.reorder : levels.level;
  const below = purpose === 'urgent' && isPatient ? levels.danger : levels.reorder;
  if (position < below - rounding) {
    const missing =
      purpose === 'urgent' ? Math.ceil(upTo - position - rounding) : Math.floor(upTo - position);
    return Math.max(1, missing);
  }
  return purpose === 'patient' ? Math.max(0, Math.floor(levels.level - position + rounding)) : 0;
}

type Purchase = Pick<Plan, 'orders' | 'reason' | 'boundBy'>;

const orderIsOpen: Purchase = { orders: [], reason: 'order-open', boundBy: null };

function nothingToBuy({ isAsleep }: Levels): Purchase {
  return { orders: [], reason: isAsleep ? 'asleep' : 'enough', boundBy: isAsleep ? 'expiry' : null };
}

/**
 * What is bought at the best ask while a patient order is not filled fast enough and stock falls below the reorder point;
 * undefined where that is not so. Better a part at the ask in time than all of it at any price later.
 */
function bridge(
  situation: Situation,
  isUrgent: boolean,
  staying: readonly OpenOrder[],
  position: number,
): Purchase | undefined {
  const { levels, stock, ask, bounds, openOrders } = situation;
  const isWaiting = staying.some((order) => !isUrgentOrder(order)) && !openOrders.some(isUrgentOrder);
  if (isUrgent || !isWaiting || ask === undefined || ask > bounds.maximumPrice) return undefined;
  const units = Math.min(Math.ceil(levels.reorder - stock), Math.floor(levels.level + 1 - position));
  if (units < 1) return undefined;
  // Rounded up to the tick it still meets the ask.
  const atAsk = roundDownToTick(ask + bounds.tick - 1n, bounds.tick);
  return buy(
    { ...situation, urgentPrice: minimum(atAsk, bounds.maximumPrice) },
    { purpose: 'urgent', units, isUrgent, position },
  );
}

/** A purchase before bounds. */
interface Wish {
  readonly purpose: OrderPurpose;
  readonly units: number;
  readonly isUrgent: boolean;
  readonly position: number;
}

function buy(situation: Situation, wish: Wish): Purchase {
  const { bounds } = situation;
  if (situation.isBlind) return { orders: [], reason: 'balance-never-shows', boundBy: 'balance' };
  const price = wish.purpose === 'urgent' ? priceAtOnce(situation, wish) : situation.patientPrice;
  if (price === undefined) return { orders: [], reason: 'no-price', boundBy: 'market' };
  const affordable = affordableUnits(price, bounds);
  const quantity = Math.min(wish.units, bounds.maximumQuantity, affordable);
  const boundBy = boundOf(situation, price, { quantity, wanted: wish.units, affordable });
  if (quantity < 1 || price <= 0n) return { orders: [], reason: 'not-affordable', boundBy };
  return {
    orders: [{ purpose: wish.purpose, quantity, limitPrice: formatUsd(price) }],
    reason: reasonOf(situation.levels, wish),
    boundBy,
  };
}

/** Only danger is worth the emergency price. */
function priceAtOnce({ urgentPrice, bounds }: Situation, { isUrgent }: Wish): Usd {
  return isUrgent ? urgentPrice : minimum(urgentPrice, bounds.maximumPrice);
}

/** What kept the purchase smaller, or may keep it from being filled. */
function boundOf(
  { bounds, ask }: Situation,
  price: Usd,
  { quantity, wanted, affordable }: { quantity: number; wanted: number; affordable: number },
): string | null {
  if (quantity < wanted) return affordable < bounds.maximumQuantity ? 'budget' : 'maximum-order';
  const isDear = ask !== undefined && maximum(price, bounds.maximumPrice) < ask;
  return isDear || price <= 0n ? 'maximum-price' : null;
}

function reasonOf({ level, reserved }: Levels, { isUrgent, position }: Wish): string {
  if (isUrgent) return 'dangerously-low';
  return reserved > 0 && position >= level - reserved ? 'for-a-batch' : 'below-level';
}
