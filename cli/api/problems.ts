import type { ProblemCode } from '../../shared/http/problem.ts';
import type { FailureKind } from '../exit-codes.ts';
import type { Problem } from './answers.ts';

interface Meaning {
  readonly kind: FailureKind;
  readonly todo: string;
}

const again = 'Run it again in a moment.';
const withNewKey = 'Order again without --key: that makes a new one.';

/** What each problem of the API means to a person with this program at hand. */
const meanings: Readonly<Record<ProblemCode, Meaning>> = {
  'invalid-request': { kind: 'usage', todo: 'Mend what is named. Nothing was recorded.' },
  'body-too-large': { kind: 'usage', todo: 'Send less.' },
  'unknown-route': { kind: 'not-found', todo: 'The stage is older than this program: deploy it again.' },
  'method-not-allowed': { kind: 'not-found', todo: 'The stage is older than this program: deploy it again.' },
  'unknown-order': {
    kind: 'not-found',
    todo: 'See yours: grid-buyer orders. Those of others are shown to the readers of the stage only.',
  },
  'unknown-reservation': { kind: 'not-found', todo: 'Check the id.' },
  stopped: {
    kind: 'refused',
    todo: 'See why, and what helps: grid-buyer doctor. After a stop an administrator lets it go on: grid-buyer resume --reason TEXT.',
  },
  'over-budget': {
    kind: 'refused',
    todo: 'See what is left: grid-buyer status. An administrator can change it: grid-buyer settings set spendingLimits.perDay USD --reason TEXT.',
  },
  'too-many-orders': { kind: 'refused', todo: 'Wait for the next hour.' },
  'no-liquidity': { kind: 'refused', todo: 'Ask for less, or bid a price and wait: --price USD.' },
  'too-many-alike': {
    kind: 'refused',
    todo: 'Wait until the unclear orders are settled (grid-buyer orders --state UNKNOWN), or order another quantity.',
  },
  'order-refused': { kind: 'refused', todo: `Mend what the exchange names. ${withNewKey}` },
  'order-already-final': { kind: 'refused', todo: 'Nothing: it is over.' },
  'order-not-located': {
    kind: 'refused',
    todo: 'Wait for the next check, or have one made: grid-buyer check.',
  },
  'reservation-over': { kind: 'refused', todo: 'Nothing: its window has ended.' },
  'key-used-for-another-order': { kind: 'refused', todo: withNewKey },
  'key-used-for-another-reservation': { kind: 'refused', todo: 'Use a new key.' },
  'exchange-refused-us': { kind: 'credentials', todo: 'See what is wrong: grid-buyer doctor.' },
  'signing-key-unavailable': {
    kind: 'credentials',
    todo: 'Make a key: grid-buyer keys new. What is missing: grid-buyer doctor.',
  },
  'exchange-unreadable': { kind: 'unavailable', todo: 'The exchange has changed its answers: report it.' },
  'exchange-unavailable': { kind: 'unavailable', todo: again },
  'balances-not-read': { kind: 'unavailable', todo: 'Have them read: grid-buyer check.' },
  'store-unavailable': { kind: 'unavailable', todo: `${again} With the same --key nothing is bought twice.` },
  'settings-changed': { kind: 'unavailable', todo: `${again} With the same --key nothing is bought twice.` },
  'order-not-sent': { kind: 'unavailable', todo: withNewKey },
  'internal-error': { kind: 'failed', todo: 'Read the log of the function, and report it.' },
};

/** What a problem means; of one that is not known, that it failed. */
export function meaningOf({ code }: Pick<Problem, 'code'>): Meaning {
  const known: Readonly<Record<string, Meaning>> = meanings;
  return known[code] ?? { kind: 'failed', todo: 'This program is older than the stage: update it.' };
}
