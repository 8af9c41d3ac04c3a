import { decimalScale } from '../../../shared/ledger/decimal.ts';
import type { Scenario } from '../world/scenario.ts';
import type { World } from '../world/world.ts';
import type { Invariant } from './invariant.ts';
import { reservedFor } from './reserved.ts';

/** For so long a transfer that is done holds up the next one, so that balances can show it. */
const heldMs = 90_000;
/** What a check may take from a reading to a request, and some more. */
const marginMs = 10_000;

/** A Unit's four hours begin when it is moved. */
export const movedByNeedOnly: Invariant = {
  number: 'M3',
  sentence:
    'A transfer arrives only while fewer Units are usable than are needed, and brings no more than what is lacking, rounded up; where the exchange moves nothing by itself and balances lag less than a minute.',
  atTransferArrival: (world, { transferId, marketId, quantity }) => {
    if (!isPromised(world)) return undefined;
    const record = world.facts.transfers.get(transferId);
    if (record === undefined) return undefined;
    const reserved = reservedFor(world, record.first.instrument, record.recordedBy);
    const need = needOf(world.scenario, marketId) + reserved;
    const { usable, underWay } = world.exchange.market(marketId).holdings.now;
    const after = usable + underWay + quantity * decimalScale;
    return after < need + decimalScale ? undefined : `${transferId} makes ${after} usable, needed ${need}`;
  },
};

function isPromised({ scenario }: World): boolean {
  const { skew, faults, unitsStayInTrading, faultClass } = scenario;
  const confusionMs = faults.balanceLagMs + faults.admissionLagMs + skew.most - skew.least;
  return faultClass === 'A' && unitsStayInTrading && confusionMs + marginMs < heldMs;
}

function needOf({ instruments }: Scenario, marketId: string): bigint {
  const found = instruments.find(({ limits }) => limits.marketId === marketId);
  return (found?.minimumUnits ?? 0n) * decimalScale;
}
