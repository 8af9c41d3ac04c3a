import { describe, expect, it } from 'vitest';
import { decideTopUp } from '../../../../shared/top-up/policy/decide.ts';
import type { TopUpState } from '../../../../shared/top-up/policy/state.ts';
import { tries } from '../../../support/thorough.ts';
import { monday } from './support/observations.ts';
import {
  brokenPromises,
  randomNumbers,
  randomObservation,
  randomParameters,
} from './support/random-observations.ts';

/** `npm run test:thorough` makes it a million; the seed of a failure is printed. */
const observations = tries(10_000, 1_000_000);
const perAccount = 200;

describe('any observation', () => {
  it('is answered within all bounds, whatever came before', { timeout: 3_600_000 }, () => {
    for (let seed = 0; seed < observations / perAccount; seed += 1) {
      const random = randomNumbers(seed);
      const parameters = randomParameters(random);
      let state: TopUpState | undefined;
      let now = monday;
      for (let review = 0; review < perAccount; review += 1) {
        const seen = randomObservation(random, now);
        const decision = decideTopUp(parameters, state, seen);
        const broken = brokenPromises(parameters, seen, decision);
        if (broken.length > 0) {
          expect.fail(
            `seed ${seed}, review ${review}: ${broken.join('; ')}\n${JSON.stringify({ seen, decision })}`,
          );
        }
        state = decision.state;
        now = seen.now;
      }
      expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    }
  });
});
