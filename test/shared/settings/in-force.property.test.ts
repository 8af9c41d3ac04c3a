import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { topUpOf } from '../../../shared/configuration/buying-limits.ts';
import { instrumentSchema } from '../../../shared/configuration/instruments.ts';
import { spendingLimitsOf } from '../../../shared/configuration/spending-limits.ts';
import { formatUsd, minimum, parseDecimal } from '../../../shared/ledger/decimal.ts';
import { instrumentInForce, limitsInForce } from '../../../shared/settings/in-force.ts';
import { newStageSettings, parseSettings, type Settings } from '../../../shared/settings/settings.ts';
import { tries } from '../../support/thorough.ts';
import { deployment } from './support.ts';

const cents = fc.integer({ min: 1, max: 600 }).map((amount) => formatUsd(BigInt(amount) * 1_000_000n));
const wholeUnits = fc.integer({ min: 1, max: 200 });

const topUps = fc.oneof(
  fc.record(
    {
      policy: fc.constant('adaptive'),
      emergencyPrice: cents,
      coverMinutes: fc.integer({ min: 0, max: 240 }),
    },
    { requiredKeys: ['policy'] },
  ),
  fc.record({
    policy: fc.constant('threshold'),
    minimumUnits: wholeUnits,
    quantity: wholeUnits,
    limitPrice: cents,
  }),
  fc.record({
    policy: fc.constant('price-aware'),
    minimumUnits: wholeUnits,
    quantity: wholeUnits,
    limitPrice: cents,
    dangerUnits: fc.integer({ min: 0, max: 10 }),
  }),
);

/** Any instrument that a stage's file may have; settings were perhaps made for another one of its name. */
const deployedInstruments = fc
  .record(
    { maximumPrice: cents, maximumQuantity: wholeUnits, topUp: topUps },
    { requiredKeys: ['maximumPrice', 'maximumQuantity'] },
  )
  .map((some) => v.safeParse(instrumentSchema, { symbol: 'a', marketId: 'market', ...some }))
  .filter((parsed) => parsed.success)
  .map(({ output }) => output);

const anySettings = fc
  .record({
    mode: fc.constantFrom('LIVE', 'PAUSED', 'DRY_RUN'),
    spendingLimits: fc.record(
      { perOrder: cents, perDay: cents, perMonth: cents, ordersPerHour: fc.nat(200) },
      { requiredKeys: [] },
    ),
    instruments: fc.dictionary(
      fc.constantFrom('a', 'b'),
      fc.record({ maximumPrice: cents, paused: fc.boolean(), topUp: topUps }, { requiredKeys: [] }),
    ),
  })
  .map((value) => parseSettings(value).settings)
  .filter((settings): settings is Settings => settings !== undefined);

const usd = (text: string): bigint => parseDecimal(text) ?? -1n;
const times = { numRuns: tries(2_000, 50_000) };

describe('what is in force', () => {
  it('is what a stage could have in its file, and never more than it has there', () => {
    fc.assert(
      fc.property(deployedInstruments, anySettings, (deployed, settings) => {
        const { isPaused, ...instrument } = instrumentInForce(deployed, settings);
        expect(v.safeParse(instrumentSchema, instrument).issues).toBeUndefined();
        expect(isPaused).toBe(settings.instruments['a']?.paused ?? false);
        expect(usd(instrument.maximumPrice)).toBeLessThanOrEqual(usd(deployed.maximumPrice));
        expect(instrument.topUp === undefined).toBe(deployed.topUp === undefined);
        const inForce = topUpOf(instrument, 0);
        // Another policy may have been deployed with less than the maximum price, which is for all of them.
        const most = Math.max(
          Number(usd(deployed.maximumPrice)),
          Number(topUpOf(deployed, 0)?.highestPrice ?? 0n),
        );
        expect(Number(inForce?.highestPrice ?? 0n)).toBeLessThanOrEqual(most);
        const set = settings.instruments['a']?.maximumPrice;
        if (set !== undefined) expect(inForce?.highestPrice ?? 0n).toBeLessThanOrEqual(usd(set));
      }),
      times,
    );
  });

  it('is what was deployed where nothing is set', () => {
    fc.assert(
      fc.property(deployedInstruments, anySettings, (deployed, { mode, spendingLimits, instruments }) => {
        const { a: _ofIt, ...others } = instruments;
        const settings = { mode, spendingLimits, instruments: others };
        const { isPaused, ...instrument } = instrumentInForce(deployed, settings);
        expect(isPaused).toBe(false);
        expect(topUpOf(instrument, 0)?.highestPrice).toEqual(topUpOf(deployed, 0)?.highestPrice);
        expect(usd(instrument.maximumPrice)).toBe(usd(deployed.maximumPrice));
      }),
      times,
    );
  });

  it('has the lower of each limit, one by one', () => {
    const ceiling = spendingLimitsOf(deployment.spendingLimits);
    expect(limitsInForce(ceiling, newStageSettings)).toEqual(ceiling);
    fc.assert(
      fc.property(anySettings, (settings) => {
        const set = settings.spendingLimits;
        const limits = limitsInForce(ceiling, settings);
        for (const name of ['perOrder', 'perDay', 'perMonth'] as const) {
          const wanted = set[name] === undefined ? ceiling[name] : usd(set[name]);
          expect(limits[name]).toBe(minimum(wanted, ceiling[name]));
        }
        expect(limits.ordersPerHour).toBe(BigInt(Math.min(60, set.ordersPerHour ?? 60)));
      }),
      times,
    );
  });
});

describe('an instrument under settings', () => {
  const under = (symbol: string, set: Settings['instruments'][string]) => {
    const deployed = deployment.instruments.find((one) => one.symbol === symbol);
    if (deployed === undefined) throw new Error(symbol);
    return instrumentInForce(deployed, { ...newStageSettings, instruments: { [symbol]: set } });
  };

  it('bids no more than the maximum price that is set, in an emergency too', () => {
    expect(under('chat-prime', {}).topUp).toMatchObject({ emergencyPrice: '3.00', coverMinutes: 8 });
    expect(under('chat-prime', { maximumPrice: '2.00' }).topUp).toEqual({
      policy: 'adaptive',
      coverMinutes: 8,
    });
    expect(under('code-prime', { maximumPrice: '2.005' }).topUp).toMatchObject({ limitPrice: '2.00' });
  });

  it('is topped up as it is set, in place of what is deployed', () => {
    const topUp = { policy: 'adaptive', preset: 'safe' } as const;
    expect(under('code-prime', { topUp }).topUp).toEqual(topUp);
    expect(under('chat-prime', { topUp: { ...topUp, emergencyPrice: '9.00' } }).topUp).toEqual({
      ...topUp,
      emergencyPrice: '3.00',
    });
  });

  it('is not topped up where the deployment does not: nobody would be told when that fails', () => {
    expect('topUp' in under('by-hand', { topUp: { policy: 'adaptive' } })).toBe(false);
  });
});
