import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalScale } from '../../../shared/ledger/decimal.ts';
import {
  balancesShowAfterMs,
  unitsBeingMoved,
  unitsToMove,
} from '../../../shared/transfers/units-to-move.ts';
import { usd as units } from '../../support/sample-order.ts';
import { sampleTransfer } from '../../support/sample-transfer.ts';
import { testEpoch } from '../../support/virtual-clock.ts';

describe('how many Units are moved', () => {
  it.each([
    ['0', '10', '5', 5n],
    ['4.3', '10', '5', 1n],
    ['3.99999999', '10', '5', 2n],
    ['5', '10', '5', 0n],
    ['9', '10', '5', 0n],
    ['0', '3.9', '5', 3n],
    ['0', '0.9', '5', 0n],
  ])('with %s usable, %s in trading and a need of %s', (usable, inTrading, need, quantity) => {
    expect(unitsToMove({ usable: units(usable), inTrading: units(inTrading) }, units(need))).toBe(quantity);
  });

  it('is never more than wait, and never a whole Unit more than is missing', () => {
    const amount = fc.bigInt({ min: 0n, max: 20n * decimalScale });
    fc.assert(
      fc.property(amount, amount, amount, (usable, inTrading, need) => {
        const quantity = unitsToMove({ usable, inTrading }, need) * decimalScale;
        expect(quantity).toBeLessThanOrEqual(inTrading);
        if (quantity > 0n) expect(usable + quantity - need).toBeLessThan(decimalScale);
        const isCovered = usable + quantity >= need || inTrading - quantity < decimalScale;
        expect(isCovered).toBe(true);
      }),
    );
  });
});

describe('Units that may be in neither account', () => {
  const at = (ms: number) => testEpoch + ms;
  const shownAfterMs = balancesShowAfterMs(45_000);
  it.each([
    ['in doubt, however long', sampleTransfer({ state: 'UNKNOWN' }), 10_000_000, '3'],
    ['claimed', sampleTransfer({ state: 'SUBMITTED' }), 0, '3'],
    ['done a moment ago', sampleTransfer({ state: 'DONE', settledAt: at(0) }), shownAfterMs - 1, '3'],
    ['done a while ago', sampleTransfer({ state: 'DONE', settledAt: at(0) }), shownAfterMs, '0'],
    ['refused a moment ago', sampleTransfer({ state: 'REJECTED', settledAt: at(0) }), 1, '3'],
    ['not sent', sampleTransfer({ state: 'PENDING', sentAt: undefined }), 0, '0'],
    ['of another instrument', sampleTransfer({ instrument: 'chat-fast' }), 0, '0'],
  ])('are those of a transfer %s', (_which, transfer, later, expected) => {
    expect(unitsBeingMoved([transfer], 'chat-prime', at(later), 45_000)).toBe(units(expected));
  });

  it.each([
    [0, 45_000],
    [45_000, 90_000],
    [600_000, 645_000],
  ])(
    'count until a reading that lags by %i ms shows them and has been acted upon',
    (balanceLagMs, shownMs) => {
      const done = sampleTransfer({ state: 'DONE', settledAt: at(0) });
      const counted = (later: number) => unitsBeingMoved([done], 'chat-prime', at(later), balanceLagMs);
      expect(counted(shownMs - 1)).toBe(units('3'));
      expect(counted(shownMs)).toBe(0n);
    },
  );
});
