import type { PolicyState, TopUpDecision, TopUpObservation, TopUpPolicy } from './contract.ts';
import { decideTopUp } from './decide.ts';
import { decideFixedThreshold, type FixedThresholdParameters } from './fixed-threshold.ts';
import type { TopUpParameters } from './parameters.ts';
import { decidePriceAware, type PriceAwareParameters } from './price-aware.ts';

/** Learns from use how much to hold, and bids for it: for almost everybody. */
export function adaptivePolicy(parameters: TopUpParameters): TopUpPolicy {
  return policy('adaptive', parameters, decideTopUp);
}

/** A fixed minimum and a fixed quantity. */
export function thresholdPolicy(parameters: FixedThresholdParameters): TopUpPolicy {
  return policy('threshold', parameters, decideFixedThreshold);
}

/** The same, waiting for a good price while there is stock. */
export function priceAwarePolicy(parameters: PriceAwareParameters): TopUpPolicy {
  return policy('price-aware', parameters, decidePriceAware);
}

/** Each rule checks by itself whether a state is one of its own; after a change of policy it is not. */
function policy<Parameters, State extends PolicyState>(
  name: string,
  parameters: Parameters,
  decide: (
    parameters: Parameters,
    previous: State | undefined,
    observation: TopUpObservation,
  ) => TopUpDecision<State>,
): TopUpPolicy {
  return {
    name,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a state of another policy is found out by the rule itself
    decide: (state, observation) => decide(parameters, state as State | undefined, observation),
  };
}
