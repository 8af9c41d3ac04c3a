import * as v from 'valibot';
import { toText, wholeUnits } from '../decimal.ts';
import { faultSchema } from '../faults/fault-schema.ts';
import { isBackground } from '../market/order-book.ts';
import { applyModes, modesChangeSchema, showModes } from '../modes.ts';
import type { Change } from '../persistence/input.ts';
import { sellersChangeSchema } from '../sellers.ts';
import type { Simulator } from '../simulator.ts';
import { decodePublicKey } from '../wire/keys.ts';
import { findInstrument, findMarket, type Instrument, type Market } from '../world.ts';
import { moveQuotes, type Quote } from './move-quotes.ts';
import * as schemas from './schemas.ts';
import { describeMoney, describeOrder, describeTrade, describeTruth, describeUnits } from './truth.ts';
import { showBook, showClock, showEntry, showFaults, showKeys, showLots, showSellers } from './world-view.ts';

/** One admin operation: typed for callers in process, and strict about input that comes over HTTP. */
export interface Operation<Schema extends v.GenericSchema, Result> {
  (
    ...input: undefined extends v.InferInput<Schema> ? [v.InferInput<Schema>?] : [v.InferInput<Schema>]
  ): Result;
  /** Takes input of unknown shape; throws a `ValiError` that says what is wrong with it. */
  accept(input: unknown): Result;
}

/** What the operations act on. A reset puts a new simulator in the place of the old one. */
export interface AdministrationPorts {
  readonly current: () => Simulator;
  readonly reset: (seed: number | undefined) => void;
  /** Called after market time was moved or its speed changed. */
  readonly timeChanged: () => void;
}

/** An admin request that is well-formed and cannot be done, such as revoking a key that does not exist. */
export class AdminRefusal extends Error {}

function marketNamed(name: string): Market {
  const market = findMarket(name);
  if (market === undefined) throw new AdminRefusal(`no market ${name}`);
  return market;
}

function instrumentNamed(name: string): Instrument {
  const instrument = findInstrument(name);
  if (instrument === undefined) throw new AdminRefusal(`no instrument ${name}`);
  return instrument;
}

function postQuotes(
  { exchange }: Simulator,
  market: Market,
  side: 'buy' | 'sell',
  quotes: readonly Quote[],
): void {
  for (const { price, quantity } of quotes) {
    exchange.engine.arrive(market, { kind: 'script' }, side, price, wholeUnits(quantity));
  }
}

/** From here on the market quotes what the script says, so the seeded sellers are sent home. */
function replaceQuotes({ exchange }: Simulator, market: Market): void {
  exchange.sellersOf(market).change({ enabled: false });
  exchange.engine.book(market).remove(isBackground);
}

/**
 * Makes the admin operations: they show the ground truth, and change the world from outside. Each first
 * carries out everything that fell due, so what it shows is the present.
 */
export function createAdministration(ports: AdministrationPorts) {
  function operation<Schema extends v.GenericSchema, Result>(
    schema: Schema,
    run: (simulator: Simulator, input: v.InferOutput<Schema>) => Result,
    record: (simulator: Simulator, input: unknown) => void = () => undefined,
  ): Operation<Schema, Result> {
    const accept = (input: unknown): Result => {
      const parsed = v.parse(schema, input);
      const simulator = ports.current();
      simulator.exchange.advance();
      record(simulator, input);
      return simulator.exchange.run(() => run(simulator, parsed));
    };
    return Object.assign((...[input]: unknown[]) => accept(input), { accept });
  }
  /** An operation that changes the exchange is written down first, when somebody keeps a journal. */
  function change<Schema extends v.GenericSchema, Result>(
    name: Change,
    schema: Schema,
    run: (simulator: Simulator, input: v.InferOutput<Schema>) => Result,
  ): Operation<Schema, Result> {
    return operation(schema, run, (simulator, input) =>
      simulator.record({ kind: 'admin', operation: name, input }),
    );
  }
  const show = <Result>(run: (simulator: Simulator) => Result) => operation(schemas.nothingSchema, run);

  return {
    truth: show(describeTruth),
    money: show(describeMoney),
    units: show(describeUnits),
    orders: show(({ exchange }) => exchange.engine.orders.all().map(describeOrder)),
    trades: show(({ exchange }) => exchange.engine.trades().map(describeTrade)),
    lots: show(showLots),
    /** The newest requests, newest first. */
    requests: operation(schemas.newestSchema, ({ journal }, input) =>
      journal.newest(input.newest ?? 100).map(showEntry),
    ),
    badSignatures: show(({ journal }) => journal.badSignatures().map(showEntry)),
    modes: show(({ modes }) => showModes(modes, toText)),
    setModes: change('setModes', modesChangeSchema, ({ modes }, wanted) => {
      applyModes(modes, wanted);
      return showModes(modes, toText);
    }),
    faults: show(showFaults),
    addFault: operation(faultSchema, ({ faults }, fault) => ({ id: faults.add(fault) })),
    clearFaults: show(({ faults }) => {
      faults.clear();
      return { cleared: true };
    }),
    keys: show(showKeys),
    addKey: change('addKey', schemas.publicKeySchema, ({ keys }, { publicKey }) => {
      const bytes = decodePublicKey(publicKey);
      if (bytes === undefined) throw new AdminRefusal('not a public key');
      return { fingerprint: keys.register(bytes) };
    }),
    revokeKey: change('revokeKey', schemas.fingerprintSchema, ({ keys }, { fingerprint }) => {
      if (!keys.revoke(fingerprint)) throw new AdminRefusal('no key with this fingerprint');
      return { revoked: true };
    }),
    setUsd: change('setUsd', schemas.usdSchema, (simulator, { available }) => {
      simulator.exchange.usd.setAvailable(available);
      return describeMoney(simulator);
    }),
    /** Units from outside: a gift of the platform, or a buyer on another account. */
    grantUnits: change('grantUnits', schemas.grantSchema, (simulator, { instrument, units, account }) => {
      const named = instrumentNamed(instrument);
      simulator.exchange.accountsOf(named).trading.grant(wholeUnits(units));
      if (account === 'consumption') simulator.exchange.transfers.request(named, wholeUnits(units));
      return describeUnits(simulator);
    }),
    /** Uses Units up at once, as one burst of the application. */
    consumeUnits: change('consumeUnits', schemas.unitsSchema, (simulator, { instrument, units }) => {
      simulator.exchange.accountsOf(instrumentNamed(instrument)).consumption.consume(units);
      return describeUnits(simulator);
    }),
    setBurn: change('setBurn', schemas.burnSchema, (simulator, { instrument, unitsPerMinute }) => {
      simulator.exchange.accountsOf(instrumentNamed(instrument)).application.setRate(unitsPerMinute);
      return describeUnits(simulator);
    }),
    book: show(showBook),
    /** Replaces all background quotes of a market, and switches its seeded sellers off. */
    setBook: change('setBook', schemas.bookSchema, (simulator, { market, asks, bids }) => {
      replaceQuotes(simulator, marketNamed(market));
      postQuotes(simulator, marketNamed(market), 'buy', bids);
      postQuotes(simulator, marketNamed(market), 'sell', asks);
      return showBook(simulator);
    }),
    /**
     * Moves the background quotes to new prices and quantities. What is quoted at a price already keeps its place in
     * time; a side that is left out stays as it is. Switches the seeded sellers off.
     */
    moveBook: change('moveBook', schemas.sidesSchema, (simulator, { market, asks, bids }) => {
      const named = marketNamed(market);
      simulator.exchange.sellersOf(named).change({ enabled: false });
      moveQuotes(simulator.exchange.engine, named, { buy: bids, sell: asks });
      return showBook(simulator);
    }),
    /** Others sell at this price or better to those who bid it, and leave with what nobody takes. */
    sellToBids: change('sellToBids', schemas.saleSchema, ({ exchange }, { market, price, units }) => {
      const sold = exchange.engine.pass(marketNamed(market), 'sell', price, wholeUnits(units));
      return { sold: toText(sold) };
    }),
    /** New asks arrive: they first trade with the bids they cross. */
    postAsks: change('postAsks', schemas.asksSchema, (simulator, { market, asks }) => {
      postQuotes(simulator, marketNamed(market), 'sell', asks);
      return showBook(simulator);
    }),
    /** Plans asks at moments of market time from now on. */
    scheduleAsks: change('scheduleAsks', schemas.scheduleSchema, (simulator, { market, steps }) => {
      const named = marketNamed(market);
      for (const { afterSeconds, asks, replace } of steps) {
        simulator.exchange.plan(simulator.exchange.now + Math.round(afterSeconds * 1000), () => {
          if (replace) replaceQuotes(simulator, named);
          postQuotes(simulator, named, 'sell', asks);
        });
      }
      return { planned: steps.length };
    }),
    sellers: show(showSellers),
    setSellers: change(
      'setSellers',
      v.strictObject({ market: schemas.bookSchema.entries.market, ...sellersChangeSchema.entries }),
      (simulator, { market, ...wanted }) => {
        simulator.exchange.sellersOf(marketNamed(market)).change(wanted);
        return showSellers(simulator);
      },
    ),
    setMarketStatus: change(
      'setMarketStatus',
      schemas.marketStatusSchema,
      (simulator, { market, status }) => {
        simulator.exchange.engine.setSuspended(marketNamed(market), status === 'suspended');
        return showBook(simulator);
      },
    ),
    /** Fills a resting order at its own price, whatever else rests. */
    fillOrder: change('fillOrder', schemas.fillSchema, ({ exchange }, { orderId, units }) => {
      const order = exchange.engine.orders.find(orderId);
      if (order === undefined) throw new AdminRefusal('no such order');
      const filled = exchange.engine.fillResting(
        orderId,
        units === undefined ? order.quantity : wholeUnits(units),
      );
      return { filled: toText(filled) };
    }),
    /** An order that somebody places in the dashboard of the same account. */
    placeDashboardOrder: change(
      'placeDashboardOrder',
      schemas.dashboardOrderSchema,
      ({ exchange }, input) => {
        const outcome = exchange.engine.place({
          market: marketNamed(input.market),
          side: input.side,
          type: input.price === undefined ? 'market' : 'limit',
          quantity: wholeUnits(input.quantity),
          price: input.price ?? null,
          timeInForce: 'gtc',
          clientOrderId: input.clientOrderId ?? null,
          autotransfer: false,
          origin: 'dashboard',
        });
        if (!outcome.accepted) throw new AdminRefusal(outcome.message);
        return describeOrder(outcome.value);
      },
    ),
    clock: show(showClock),
    /** Moves market time forward, or changes how it runs. */
    setClock: operation(schemas.clockSchema, (simulator, input) => {
      if ('advanceSeconds' in input) simulator.clock.advance(Math.round(input.advanceSeconds * 1000));
      else simulator.clock.set(input);
      simulator.record({ kind: 'clock', clock: simulator.clock.state() });
      simulator.exchange.advance();
      ports.timeChanged();
      return showClock(simulator);
    }),
    /** Goes back to the first state: keys and modes of the start, no orders, no faults. */
    reset: operation(schemas.resetSchema, (_, { seed }) => {
      ports.reset(seed);
      return { reset: true };
    }),
  };
}

/** The admin operations, by name. */
export type Administration = ReturnType<typeof createAdministration>;
