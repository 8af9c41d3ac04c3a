import { parseDecimal } from '../../shared/ledger/decimal.ts';
import type { Budget, Status } from '../api/answers.ts';
import { usd } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { ago, duration, fullTime } from '../output/times.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** AWS refuses signatures that are off by 5 minutes. */
const clockFailsMs = 5 * 60_000;
const clockWarnsMs = 30_000;
const lateAfterMs = 5 * 60_000;
const nearlyUsedPercent = 80n;

/** Whether this machine's time is right: signatures carry it. */
export function clockFinding(offsetMs: number | undefined): Finding {
  if (offsetMs === undefined)
    return warn('clock', 'the API does not tell the time', 'Compare the clock by hand.');
  const off = Math.abs(offsetMs);
  const words = `this machine is ${duration(off)} ${offsetMs > 0 ? 'behind' : 'ahead of'} AWS`;
  const todo = 'Have the clock set by the network (NTP).';
  if (off >= clockFailsMs) return fail('clock', words, todo);
  return off >= clockWarnsMs ? warn('clock', words, todo) : ok('clock', 'right, within seconds of AWS');
}

/** What the stage itself says of mode, caps and checks. */
export function stageFindings(status: Status, look: Look): readonly Finding[] {
  return [
    ok('table', 'answers'),
    modeFinding(status),
    ...pauseFindings(status),
    breakerFinding(status, look),
    capFinding('cap-of-the-day', 'today', status.budgets.day),
    capFinding('cap-of-the-month', 'this month', status.budgets.month),
    checkFinding(status, look),
  ];
}

function modeFinding({ mode, settingsReason }: Status): Finding {
  const why = settingsReason === null ? 'never set' : settingsReason;
  switch (mode) {
    case 'LIVE':
      return ok('mode', `LIVE (${why})`);
    case 'SETTINGS_UNUSABLE':
      return fail(
        'mode',
        'the settings cannot be understood: nothing is bought',
        'An administrator: grid-buyer settings history, then grid-buyer settings restore VERSION',
      );
    default:
      return warn(
        'mode',
        `${mode}: nothing is bought (${why})`,
        'An administrator: grid-buyer resume --reason TEXT',
      );
  }
}

function pauseFindings({ instruments }: Status): readonly Finding[] {
  return instruments
    .filter(({ paused }) => paused)
    .map(({ symbol }) =>
      warn(
        `paused-${symbol}`,
        'paused: nothing of it is bought',
        `An administrator: grid-buyer settings unset instruments.${symbol}.paused --reason TEXT`,
      ),
    );
}

function breakerFinding({ breaker }: Status, look: Look): Finding {
  if (breaker === null) return ok('breaker', 'closed');
  const { reason, since, note } = breaker;
  const said = note === null ? '' : `, "${note}"`;
  return fail(
    'breaker',
    `open since ${fullTime(look, since)}: ${reason}${said}`,
    'Find out why (docs/operations.md#breaker-open), then an administrator: grid-buyer resume --reason TEXT',
  );
}

function capFinding(name: string, when: string, { cap, spent, reserved, available }: Budget): Finding {
  const words = `${usd(available)} of ${usd(cap)} left ${when}`;
  const used = exact(spent) + exact(reserved);
  if (exact(available) <= 0n) {
    return fail(
      name,
      words,
      'Wait for the next one (UTC), or have it raised, within what is deployed: grid-buyer settings get',
    );
  }
  return used * 100n >= exact(cap) * nearlyUsedPercent
    ? warn(name, words, 'It will soon stop the buying: see grid-buyer orders for what was bought.')
    : ok(name, words);
}

function checkFinding({ checkedAt, time }: Status, look: Look): Finding {
  const todo = 'Have one made and see what it says: grid-buyer check';
  if (checkedAt === null) return warn('last-check', 'no check has read the balances yet', todo);
  const at = () => Date.parse(time);
  const words = `${ago({ now: at }, checkedAt)}, at ${fullTime(look, checkedAt)}`;
  return at() - Date.parse(checkedAt) > lateAfterMs
    ? warn('last-check', words, todo)
    : ok('last-check', words);
}

function exact(amount: string): bigint {
  return parseDecimal(amount) ?? 0n;
}
