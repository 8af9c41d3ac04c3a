import { decimalScale, maximum, minimum, type Units } from '../../shared/ledger/decimal.ts';
import { minuteMs } from './period.ts';

/** What a check read. */
export interface BalanceReading {
  /** ms since the epoch. */
  readonly at: number;
  readonly usable: Units;
}

/** What an order bought. */
export interface Purchase {
  readonly units: Units;
  /** Its Units came after the one and, if the balance shows nothing of them, are taken to have come some time after the other. ms */
  readonly earliest: number;
  readonly latest: number;
}

/** What happened between two readings. Always `before + arrived + appeared = after + used + expired`. */
export interface StockMove {
  readonly from: number;
  readonly to: number;
  readonly before: Units;
  readonly after: Units;
  /** Units of purchases. */
  readonly arrived: Units;
  /** Units of which no purchase is known. */
  readonly appeared: Units;
  readonly used: Units;
  /** At most: what was used while a lot ended counts as expired. */
  readonly expired: Units;
}

export interface FollowedStock {
  readonly moves: readonly StockMove[];
  /** Units of purchases that no reading shows yet. */
  readonly onTheWay: Units;
}

/** A Unit lives so long from when it can be used. */
const lotLifeMs = 240 * minuteMs;

/** The exchange's clock may be so much ahead: it accepts no more. */
const clockDifferenceMs = 30_000;

/**
 * For so long a balance may hide a purchase, or still show what has expired. The exchange's balances are known to be late
 * by ten minutes at most.
 */
const hiddenForMs = 15 * minuteMs;

/** Units that came at the same time. */
interface Lot {
  /** They came after it. ms */
  readonly after: number;
  readonly remaining: Units;
}

/** A purchase is taken to have come that much too early at most. */
const longestHiddenMs = 2 * hiddenForMs;

interface Parcel {
  readonly purchase: Purchase;
  readonly missing: Units;
}

/**
 * Explains a series of balances by lots: purchases arrive where the balance rises, the oldest lot is used first, and what
 * falls while a lot ends is what expired of it. All amounts are exact; which part of a fall is use and which is expiry is
 * not known where both come between the same two readings, and then it counts as expired.
 *
 * @param readings oldest first
 */
export function followLots(
  readings: readonly BalanceReading[],
  purchases: readonly Purchase[],
): FollowedStock {
  const [first, ...rest] = readings;
  let waiting: readonly Parcel[] = purchases
    .filter(({ units, latest }) => units > 0n && (first === undefined || latest > first.at))
    .map((purchase) => ({ purchase, missing: purchase.units }));
  const onTheWay = (): Units => waiting.reduce((all, { missing }) => all + missing, 0n);
  if (first === undefined) return { moves: [], onTheWay: onTheWay() };
  let lots = lotOf(first.usable, first.at);
  let before = first;
  const moves: StockMove[] = [];
  for (const reading of rest) {
    const span = { from: before.at, to: reading.at };
    const rise = reading.usable - before.usable;
    const { come, still } = takeArrivals(waiting, rise, span);
    const arrived = unitsIn(come);
    const appeared = maximum(0n, rise - arrived);
    const held = hidesAnEnd(waiting, span.from) ? lots : renewed(lots, span.from);
    const there = [...held, ...come, ...lotOf(appeared, span.from)];
    const { left, used, expired } = drawOldestFirst(there, arrived + appeared - rise, span.to);
    moves.push({ ...span, before: before.usable, after: reading.usable, arrived, appeared, used, expired });
    waiting = still;
    lots = left;
    before = reading;
  }
  return { moves, onTheWay: onTheWay() };
}

/** Which purchases come in: those that should have been seen by now, and those that explain what rises beyond them. */
function takeArrivals(
  waiting: readonly Parcel[],
  rise: Units,
  span: { readonly from: number; readonly to: number },
): { readonly come: readonly Lot[]; readonly still: readonly Parcel[] } {
  const isOverdue = ({ purchase }: Parcel) => purchase.latest + hiddenForMs <= span.to;
  const come = waiting
    .filter(isOverdue)
    .flatMap(({ purchase, missing }) => arrivedLot(purchase, missing, span.from));
  let wanted = wholeUnits(rise - unitsIn(come));
  const still = likelyFirst(waiting, span.to).flatMap((parcel) => {
    const { purchase, missing } = parcel;
    if (isOverdue(parcel)) return [];
    const taken = purchase.earliest < span.to ? minimum(missing, wanted) : 0n;
    wanted -= taken;
    come.push(...arrivedLot(purchase, taken, span.from));
    return taken === missing ? [] : [{ purchase, missing: missing - taken }];
  });
  return { come, still };
}

/**
 * A check reads balances first and records fills after that: what came just now is recorded later than this reading. What
 * was recorded before may have come unseen, while as much was used or expired.
 */
function likelyFirst(waiting: readonly Parcel[], now: number): readonly Parcel[] {
  const isFresh = ({ purchase }: Parcel) => purchase.latest > now;
  const byLatest = waiting.toSorted((a, b) => a.purchase.latest - b.purchase.latest);
  return [...byLatest.filter(isFresh), ...byLatest.filter((parcel) => !isFresh(parcel))];
}

/** Nobody knows whether the Units of a purchase came with this rise, or before it and unseen: it may be the older one. */
function arrivedLot({ earliest, latest }: Purchase, units: Units, from: number): readonly Lot[] {
  return lotOf(units, Math.max(earliest, Math.min(latest, from) - hiddenForMs));
}

/** The least whole number of Units that explains a rise. */
function wholeUnits(rise: Units): Units {
  return rise <= 0n ? 0n : ((rise + decimalScale - 1n) / decimalScale) * decimalScale;
}

/** While a purchase may have come unseen, a lot may have ended as unseen: the one made up for the other. */
function hidesAnEnd(waiting: readonly Parcel[], now: number): boolean {
  return waiting.some(({ purchase }) => purchase.earliest < now);
}

/** What is there long after its end cannot have come when it was thought to: it begins its life again. */
function renewed(lots: readonly Lot[], now: number): readonly Lot[] {
  return lots.map((lot) => (lot.after + lotLifeMs + longestHiddenMs < now ? { ...lot, after: now } : lot));
}

/** Takes what has fallen from the lots. From one that may have ended by then it has expired, from others it was used. */
function drawOldestFirst(
  lots: readonly Lot[],
  fall: Units,
  at: number,
): { readonly left: readonly Lot[]; readonly used: Units; readonly expired: Units } {
  let rest = fall;
  let expired = 0n;
  const oldestFirst = lots.toSorted((a, b) => a.after - b.after);
  const left = oldestFirst.flatMap((lot) => {
    const taken = minimum(lot.remaining, rest);
    rest -= taken;
    if (lot.after + lotLifeMs - clockDifferenceMs <= at) expired += taken;
    return taken === lot.remaining ? [] : [{ ...lot, remaining: lot.remaining - taken }];
  });
  return { left, used: fall - expired, expired };
}

function lotOf(remaining: Units, after: number): readonly Lot[] {
  return remaining > 0n ? [{ after, remaining }] : [];
}

function unitsIn(lots: readonly Lot[]): Units {
  return lots.reduce((all, { remaining }) => all + remaining, 0n);
}
