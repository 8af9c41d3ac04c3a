import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amount, ONE } from '../../../local/exchange/decimal.ts';
import { BurningApplication } from '../../../local/exchange/ledger/burning-application.ts';
import { ConsumptionAccount } from '../../../local/exchange/ledger/consumption-account.ts';

describe('Lots', () => {
  it('are used soonest expiring first, whatever the sequence of entry', () => {
    const entries = fc.array(
      fc.record({ units: fc.integer({ min: 1, max: 9 }), expiresAt: fc.integer({ min: 1, max: 20 }) }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 0, max: 80 }), (lots, used) => {
        const account = new ConsumptionAccount();
        for (const lot of lots) account.enter(BigInt(lot.units), 0, lot.expiresAt);
        account.consume(BigInt(used));
        // The naive model: one entry for each single Unit, the earliest expiry taken first.
        const single = lots
          .flatMap((lot) => Array.from({ length: lot.units }, () => lot.expiresAt))
          .toSorted((left, right) => left - right);
        const left = account
          .lots()
          .flatMap((lot) => Array.from({ length: Number(lot.remaining) }, () => lot.expiresAt));
        expect(left).toEqual(single.slice(used));
        expect(account.balances().unmet).toBe(BigInt(Math.max(0, used - single.length)));
      }),
    );
    expect.hasAssertions();
  });

  it('lose what is left at the end of their life, and only that', () => {
    const account = new ConsumptionAccount();
    const early = account.enter(3n, 0, 10);
    account.enter(5n, 0, 20);
    account.consume(1n);
    account.expire(early);
    account.expire(early);
    expect(account.balances()).toMatchObject({ held: 5n, expired: 2n, consumed: 1n, entered: 8n });
  });
});

describe('the application that burns tokens', () => {
  it('burns the same over many short steps as over one long one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 30 }),
        fc.bigInt({ min: 1n, max: ONE }),
        (steps, rate) => {
          const account = new ConsumptionAccount();
          account.enter(1_000_000n * ONE, 0, 1);
          const application = new BurningApplication(account);
          application.setRate(rate);
          for (const milliseconds of steps) application.run(milliseconds);
          const total = steps.reduce((sum, one) => sum + one, 0);
          expect(account.balances().consumed).toBe((rate * BigInt(total)) / 60_000n);
        },
      ),
    );
    expect.hasAssertions();
  });

  it('leaves fractions of a Unit', () => {
    const account = new ConsumptionAccount();
    account.enter(ONE, 0, 1);
    const application = new BurningApplication(account);
    application.setRate(amount('0.5'));
    application.run(15_000);
    expect(account.balances().held).toBe(amount('0.875'));
  });
});
