import * as v from 'valibot';
import type { SpendingLimits } from '../../shared/ledger/budget.ts';
import { parseDecimal } from '../../shared/ledger/decimal.ts';
import { modes } from '../../shared/orders/control-port.ts';
import { modeOfNewStage, readControl, setControl, type Wanted } from '../control/administration.ts';
import { countLimit, moneyLimit } from '../control/limit-words.ts';
import { countText, readInput, reasonText, usdText } from '../input/read-input.ts';
import type { Look } from '../output/look.ts';
import { table } from '../output/table.ts';
import type { CommandRun } from '../session.ts';

const asDeployed = v.literal('deployed');
const limit = v.optional(
  v.union(
    [asDeployed, usdText],
    (issue) => `must be USD with a point, such as 50.00, or deployed, not ${JSON.stringify(issue.input)}`,
  ),
);
const schema = v.object({
  mode: v.optional(
    v.pipe(
      v.string(),
      v.transform((text) => text.toUpperCase().replaceAll('-', '_')),
      v.picklist(modes, 'must be live, paused or dry-run'),
    ),
  ),
  perOrder: limit,
  perDay: limit,
  perMonth: limit,
  ordersPerHour: v.optional(
    v.union([asDeployed, countText(0, 100_000)], 'must be a whole number from 0 to 100000, or deployed'),
  ),
  reason: reasonText,
  dryRun: v.optional(v.boolean(), false),
  yes: v.optional(v.boolean(), false),
});

type SettingsInput = v.InferOutput<typeof schema>;

interface Difference {
  readonly setting: string;
  readonly before: string;
  readonly after: string;
}

/** Changes mode and limits: shows the difference, asks, and keeps why. */
export const run: CommandRun = async (session, input) => {
  const wanted = readInput(input, [], schema);
  const target = await session.target();
  const { settings } = await readControl(target);
  const before: Wanted = { mode: settings?.mode ?? modeOfNewStage, limits: settings?.limits ?? {} };
  const after: Wanted = { mode: wanted.mode ?? before.mode, limits: limitsAfter(before.limits, wanted) };
  const differences = differencesBetween(before, after);
  if (differences.length === 0) {
    return { data: { changed: false, differences }, text: () => 'Nothing to do: it is set so already.' };
  }
  if (wanted.dryRun) {
    return {
      data: { changed: false, differences },
      text: (look) => `${draw(differences, look)}\n\nNothing was changed.`,
    };
  }
  if (!wanted.yes) session.tell(draw(differences, session.look));
  await session.confirm(`Change this on ${target.description}?`, wanted.yes);
  await setControl(target, after, wanted.reason);
  return {
    data: { changed: true, differences },
    text: (look) => `${draw(differences, look)}\n\nChanged. It counts from the next order on.`,
  };
};

function limitsAfter(before: Wanted['limits'], wanted: SettingsInput): Wanted['limits'] {
  const after: { -readonly [Name in keyof SpendingLimits]?: bigint } = { ...before };
  for (const name of ['perOrder', 'perDay', 'perMonth', 'ordersPerHour'] as const) {
    const value = wanted[name];
    if (value === undefined) continue;
    if (value === 'deployed') delete after[name];
    else after[name] = typeof value === 'number' ? BigInt(value) : (parseDecimal(value) ?? 0n);
  }
  return after;
}

function differencesBetween(before: Wanted, after: Wanted): readonly Difference[] {
  const rows: readonly Difference[] = [
    { setting: 'mode', before: before.mode, after: after.mode },
    {
      setting: 'per order',
      before: moneyLimit(before.limits.perOrder),
      after: moneyLimit(after.limits.perOrder),
    },
    { setting: 'per day', before: moneyLimit(before.limits.perDay), after: moneyLimit(after.limits.perDay) },
    {
      setting: 'per month',
      before: moneyLimit(before.limits.perMonth),
      after: moneyLimit(after.limits.perMonth),
    },
    {
      setting: 'orders per hour',
      before: countLimit(before.limits.ordersPerHour),
      after: countLimit(after.limits.ordersPerHour),
    },
  ];
  return rows.filter((row) => row.before !== row.after);
}

function draw(differences: readonly Difference[], look: Look): string {
  return table(
    differences,
    [
      { title: 'SETTING', cell: ({ setting }) => setting },
      { title: 'BEFORE', cell: ({ before }) => before, paint: look.paint.dim },
      { title: 'AFTER', cell: ({ after }) => after, paint: look.paint.bold },
    ],
    look,
  );
}
