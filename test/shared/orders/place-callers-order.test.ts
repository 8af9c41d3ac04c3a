import { beforeEach, describe, expect, it } from 'vitest';
import { type ControlMemory, createControlMemory } from '../../../shared/orders/control-memory.ts';
import type { ControlState } from '../../../shared/orders/control-port.ts';
import { placeCallersOrder } from '../../../shared/orders/place-callers-order.ts';
import type { BuyIntent } from '../../../shared/orders/place-order.ts';
import { createMemoryOrderStore, type MemoryOrderStore } from '../../support/memory-order-store.ts';
import { createRecordedLog } from '../../support/recorded-log.ts';
import { sampleLimits, usd } from '../../support/sample-order.ts';
import { createScriptedExchange, type ScriptedExchange } from '../../support/scripted-exchange.ts';
import { createVirtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

let store: MemoryOrderStore;
let clock: VirtualClock;
let exchange: ScriptedExchange;
let controlMemory: ControlMemory<ControlState>;
/** How often settings were read. */
let reads: number;
/** How often the wish was decided. */
let decisions: number;

beforeEach(() => {
  store = createMemoryOrderStore();
  store.control.settingsVersion = 1;
  clock = createVirtualClock();
  exchange = createScriptedExchange(clock);
  controlMemory = createControlMemory(clock);
  reads = 0;
  decisions = 0;
});

/** @param meanwhile what an administrator does after each decision */
function buy(
  changes: Partial<BuyIntent> | (() => Partial<BuyIntent>) = {},
  meanwhile: () => void = () => {},
) {
  const ports = {
    store,
    exchange,
    clock,
    deadline: clock.now() + 22_000,
    clientOrderIdsAreShown: true,
    nonce: () => 'nonce',
    log: createRecordedLog(),
    controlMemory,
    readControl: async () => {
      reads += 1;
      return { ...store.control };
    },
  };
  return placeCallersOrder(ports, (control) => {
    decisions += 1;
    const intent: BuyIntent = {
      orderId: `g1a-${'b'.repeat(26)}`,
      payloadFingerprint: 'payload',
      source: 'api',
      principal: 'arn:aws:iam::123456789012:role/app',
      control,
      limits: sampleLimits,
      quantity: 2n,
      limitPrice: usd('2.50'),
      timeInForce: 'gtc',
      ...(typeof changes === 'function' ? changes() : changes),
    };
    meanwhile();
    return intent;
  });
}

const another = (letter: string) => ({ orderId: `g1a-${letter.repeat(26)}` });

function lowerCap(): void {
  store.control.settingsVersion += 1;
  store.control.limits = { ...store.control.limits, perOrder: usd('1') };
}

describe('settings that change while an order is decided', () => {
  it('are decided by: once more, with what holds then', async () => {
    const lowerOnce = () => {
      if (decisions === 1) lowerCap();
    };
    expect(await buy({}, lowerOnce)).toEqual({ kind: 'over-budget', period: 'order' });
    expect(decisions).toBe(2);
    expect(exchange.sent).toEqual([]);
  });

  it('do not keep it from being bought, if they allow it', async () => {
    const changeOnce = () => {
      if (decisions === 1) store.control.settingsVersion += 1;
    };
    expect(await buy({}, changeOnce)).toMatchObject({ kind: 'placed', order: { state: 'OPEN' } });
    expect(exchange.sent).toHaveLength(1);
  });

  it('again and again leave nothing recorded or sent', async () => {
    expect(await buy({}, lowerCap)).toEqual({ kind: 'settings-changed' });
    expect(decisions).toBe(2);
    expect(store.orders.size).toBe(0);
    expect(exchange.sent).toEqual([]);
  });
});

describe('settings that were read a moment ago', () => {
  beforeEach(async () => {
    await buy(another('a'));
    [reads, decisions] = [0, 0];
  });

  it('are not read again', async () => {
    expect(await buy()).toMatchObject({ kind: 'placed' });
    expect([reads, decisions]).toEqual([0, 1]);
    expect(exchange.sent).toHaveLength(2);
  });

  it('are not what an order is recorded by once they are others', async () => {
    lowerCap();
    expect(await buy()).toEqual({ kind: 'over-budget', period: 'order' });
    expect([reads, decisions]).toEqual([1, 2]);
    expect(exchange.sent).toHaveLength(1);
  });

  it.each([
    ['an instrument that was paused', { isPaused: true }],
    ['a price that was too high', { maximumPrice: usd('2.49') }],
  ])('refuse nothing that those in force allow: %s', async (_what, before) => {
    const wish = () => ({ limits: reads === 0 ? { ...sampleLimits, ...before } : sampleLimits });
    expect(await buy(wish)).toMatchObject({ kind: 'placed' });
    expect([reads, decisions]).toEqual([1, 2]);
  });

  it.each<[string, () => void]>([
    ['the breaker is open', () => (store.control.breaker = { reason: 'order-seen-late', at: 1 })],
    ['the mode is another', () => (store.control.mode = 'PAUSED')],
  ])('do not buy when %s', async (_what, stop) => {
    stop();
    expect(await buy()).toMatchObject({ kind: 'stopped' });
    expect(reads).toBe(1);
    expect(exchange.sent).toHaveLength(1);
  });

  it('are read again after a while, for somebody may have changed them without a new version', async () => {
    clock.advance(10_000);
    expect(await buy()).toMatchObject({ kind: 'placed' });
    expect(reads).toBe(1);
  });

  it('are read again if they have no version', async () => {
    store.control.settingsVersion = 0;
    await buy(another('e'));
    reads = 0;
    await buy();
    expect(reads).toBe(1);
  });

  it('are not told anew what the table has found while they held', async () => {
    store.control.settingsVersion += 1;
    store.control.limits = { ...store.control.limits, perDay: usd('12') };
    await buy(another('f'));
    reads = 0;
    expect(await buy(another('g'))).toEqual({ kind: 'over-budget', period: 'day' });
    expect(reads).toBe(0);
  });
});

describe('what settings refuse', () => {
  const control = () => ({ ...store.control });
  it.each([
    [
      'an instrument that is paused',
      () => ({ limits: { ...sampleLimits, isPaused: true } }),
      { kind: 'stopped', why: 'INSTRUMENT_PAUSED' },
    ],
    [
      'settings that cannot be understood',
      () => ({ control: { ...control(), mode: 'SETTINGS_UNUSABLE' as const } }),
      { kind: 'stopped', why: 'SETTINGS_UNUSABLE' },
    ],
    [
      'a price above the one that is set',
      () => ({ limits: { ...sampleLimits, maximumPrice: usd('2.49') } }),
      { kind: 'above-maximum-price' },
    ],
  ])(
    '%s: nothing is recorded, signed or sent; what was bought before is still answered',
    async (_what, refusing, expected) => {
      expect(await buy(refusing())).toEqual(expected);
      expect(store.orders.size).toBe(0);
      await buy();
      expect(await buy(refusing())).toMatchObject({ kind: 'replayed', order: { state: 'OPEN' } });
      expect(await buy({ ...refusing(), payloadFingerprint: 'other' })).toMatchObject({
        kind: 'payload-differs',
      });
      expect(exchange.sent).toHaveLength(1);
    },
  );

  it('is not the price of the schedule, which may have one for emergencies', async () => {
    const limits = { ...sampleLimits, maximumPrice: usd('2.00') };
    expect(await buy({ source: 'schedule', purpose: 'urgent', limits })).toMatchObject({ kind: 'placed' });
  });
});
