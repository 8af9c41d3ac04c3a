import { Run } from './run.ts';
import type { Scenario } from './scenario.ts';
import type { Tally } from './tally.ts';

/**
 * Runs a scenario to its end. In each minute lots expire, the book may fill what rests, the policy reviews, and then the
 * application uses what it needs. What cannot be served is lost.
 *
 * @throws ConservationError if the books do not balance
 */
export function simulate(scenario: Scenario): Tally {
  const run = new Run(scenario);
  for (let minute = 0; minute < scenario.demand.steps.length; minute += 1) run.pass(minute);
  run.close();
  return run.scored;
}
