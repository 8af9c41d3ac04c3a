import type { FunctionAnswer } from '../../local/keys/ask-function.ts';
import { parseDecimal } from '../../shared/ledger/decimal.ts';
import { register } from '../keys/put-into-secret.ts';
import { usd } from '../output/amounts.ts';
import { duration } from '../output/times.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

type Account = NonNullable<FunctionAnswer['account']>;

/** The exchange accepts signatures that are off by less; from here on a look at the clock pays. */
const clockWarnsMs = 5_000;
const rotateAfterDays = 90;

/** What the secret holds, and whether the exchange takes it. */
export function keyFindings({ ok: isShown, message, keys }: FunctionAnswer): readonly Finding[] {
  const make = 'Make a key: grid-buyer keys new';
  if (!isShown) return [fail('secret', message, make)];
  const current = keys.find(({ label }) => label === 'current');
  if (current === undefined) return [fail('secret', 'there is no key in it', make)];
  const { ageDays, exchange } = current;
  const age = ageDays === undefined ? '' : `, ${ageDays} days old`;
  const rotate = 'Rotate it: docs/operations/keys.md#rotate';
  return [
    (ageDays ?? 0) > rotateAfterDays
      ? warn('secret', `holds a key${age}`, rotate)
      : ok('secret', `holds a key${age}`),
    exchange === 'accepts it'
      ? ok('key', 'the exchange accepts its fingerprint')
      : exchange === 'refuses it'
        ? fail(
            'key',
            'the exchange refuses it',
            `Is it registered? ${capitalized(register)}: grid-buyer keys show`,
          )
        : warn('key', 'the exchange did not say whether it accepts it', 'See the lines below.'),
  ];
}

/** What the exchange says of the account. */
export function accountFindings(account: Account): readonly Finding[] {
  const path = pathFinding(account);
  if (account.reads !== 'answered') return [path];
  return [
    path,
    exchangeClock(account),
    modeFinding(account),
    ...account.markets.map(marketFinding),
    moneyFinding(account),
  ];
}

function pathFinding({ reads, reason }: Account): Finding {
  switch (reads) {
    case 'answered':
      return ok('path', 'the exchange answers under the path that is set');
    case 'path-unknown':
      return fail(
        'path',
        `the exchange knows nothing under the path that is set (${reason})`,
        "Set exchange.pathPrefix in the stage's file, and deploy.",
      );
    case 'key-refused':
      return warn('path', `cannot be told while the key is refused (${reason})`, 'First the key.');
    case 'forbidden':
      return fail('path', `the account may not read (${reason})`, 'Verify the account at app.thegrid.ai.');
    default:
      return fail(
        'path',
        `the exchange does not answer (${reason})`,
        'Wait, and look at the status of the exchange.',
      );
  }
}

function exchangeClock({ clockOffsetMs }: Account): Finding {
  if (clockOffsetMs === null) return ok('exchange-clock', 'the exchange does not tell the time');
  const off = Math.abs(clockOffsetMs);
  return off >= clockWarnsMs
    ? warn(
        'exchange-clock',
        `AWS and the exchange differ by ${duration(off)}`,
        'docs/operations.md#clock-off',
      )
    : ok('exchange-clock', 'AWS and the exchange agree within seconds');
}

function modeFinding({ mode }: Account): Finding {
  switch (mode) {
    case 'advanced':
      return ok('account-mode', 'Advanced: the exchange takes orders');
    case 'auto':
      return fail(
        'account-mode',
        'Auto: the exchange refuses orders',
        'Switch to Advanced mode at app.thegrid.ai.',
      );
    default:
      return warn('account-mode', 'cannot be told', 'Look at it at app.thegrid.ai: it has to be Advanced.');
  }
}

function marketFinding({ instrument, state }: Account['markets'][number]): Finding {
  const name = `market-${instrument}`;
  switch (state) {
    case 'active':
      return ok(name, 'active');
    case 'not-found':
      return fail(
        name,
        'the exchange has no such market',
        "Set the right marketId in the stage's file, and deploy.",
      );
    case 'closed':
      return warn(name, 'closed now: orders are refused', 'Wait until the exchange opens it.');
    default:
      return warn(name, 'cannot be read', 'Try again in a minute.');
  }
}

function moneyFinding({ currency }: Account): Finding {
  const money = currency.find(({ currency: name }) => name === 'USD');
  const fund = 'Add USD at app.thegrid.ai.';
  if (money === undefined) return fail('usd', 'the account has no USD', fund);
  return (parseDecimal(money.available) ?? 0n) > 0n
    ? ok('usd', `${usd(money.available)} available`)
    : fail('usd', 'no USD is available', fund);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
