import type { TopUpPolicy } from '../../../shared/top-up/policy/contract.ts';
import type { FixedThresholdParameters } from '../../../shared/top-up/policy/fixed-threshold.ts';
import { thresholdPolicy } from '../../../shared/top-up/policy/policies.ts';
import { reservedUnits } from '../../../shared/top-up/policy/reservations.ts';

const lotLifeMinutes = 240;

/** The exchange's own rule with a minimum that grows by what is reserved and due. */
export function reservingPolicy(parameters: FixedThresholdParameters): TopUpPolicy {
  return {
    name: 'threshold',
    decide: (state, observation) => {
      const { due } = reservedUnits(observation.reservations ?? [], {}, observation.now, lotLifeMinutes);
      const minimumUnits = parameters.minimumUnits + due;
      return thresholdPolicy({ ...parameters, minimumUnits }).decide(state, observation);
    },
  };
}
