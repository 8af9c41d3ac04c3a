import type { SpendingLimits } from '../../shared/ledger/budget.ts';
import { formatUsd } from '../../shared/ledger/decimal.ts';
import { type Control, modeOfNewStage, readControl } from '../control/administration.ts';
import { countLimit, moneyLimit } from '../control/limit-words.ts';
import type { Look } from '../output/look.ts';
import { fields } from '../output/text.ts';
import type { CommandRun } from '../session.ts';

/** What an administrator has set. */
export const run: CommandRun = async (session) => {
  const control = await readControl(await session.target());
  return { data: settingsView(control), text: (look) => draw(control, look) };
};

/** The settings for programs: limits that are not set are null, and then those of the deployment hold. */
function settingsView({ settings }: Pick<Control, 'settings'>): object {
  return {
    mode: settings?.mode ?? modeOfNewStage,
    ...limitsView(settings?.limits ?? {}),
    by: settings?.by ?? null,
    reason: settings?.reason ?? null,
  };
}

function limitsView({ perOrder, perDay, perMonth, ordersPerHour }: Partial<SpendingLimits>): object {
  return {
    perOrder: usdOrNull(perOrder),
    perDay: usdOrNull(perDay),
    perMonth: usdOrNull(perMonth),
    ordersPerHour: ordersPerHour === undefined ? null : Number(ordersPerHour),
  };
}

function usdOrNull(amount: bigint | undefined): string | null {
  return amount === undefined ? null : formatUsd(amount);
}

function draw({ settings }: Control, { columns, paint }: Look): string {
  const limits = settings?.limits ?? {};
  return fields(
    [
      ['Mode', settings === undefined ? `${modeOfNewStage} (never set)` : settings.mode],
      ['Per order', moneyLimit(limits.perOrder)],
      ['Per day', moneyLimit(limits.perDay)],
      ['Per month', moneyLimit(limits.perMonth)],
      ['Orders per hour', countLimit(limits.ordersPerHour)],
      ...(settings === undefined
        ? []
        : [['Set by', settings.by] as const, ['Reason', settings.reason] as const]),
    ],
    columns,
    paint.dim,
  );
}
