import type { SpendingLimits } from '../../shared/ledger/budget.ts';
import { formatUsd } from '../../shared/ledger/decimal.ts';
import { type Control, modeOfNewStage, readControl } from '../control/administration.ts';
import type { Look } from '../output/look.ts';
import { fields } from '../output/text.ts';
import { usd } from '../output/amounts.ts';
import type { CommandRun } from '../session.ts';

/** What an administrator has set. */
export const run: CommandRun = async (session) => {
  const control = await readControl(await session.target());
  return { data: settingsView(control), text: (look) => draw(control, look) };
};

/** The settings for programs: limits that are not set are null, and then those of the deployment hold. */
export function settingsView({ settings }: Pick<Control, 'settings'>): object {
  return {
    mode: settings?.mode ?? modeOfNewStage,
    ...limitsView(settings?.limits ?? {}),
    by: settings?.by ?? null,
    reason: settings?.reason ?? null,
  };
}

function limitsView({ perOrder, perDay, perMonth, ordersPerHour }: Partial<SpendingLimits>): object {
  const money = (amount: bigint | undefined) => (amount === undefined ? null : formatUsd(amount));
  return {
    perOrder: money(perOrder),
    perDay: money(perDay),
    perMonth: money(perMonth),
    ordersPerHour: ordersPerHour === undefined ? null : Number(ordersPerHour),
  };
}

function draw({ settings }: Control, { columns, paint }: Look): string {
  const limits = settings?.limits ?? {};
  const money = (amount: bigint | undefined) => (amount === undefined ? 'as deployed' : usd(formatUsd(amount)));
  return fields(
    [
      ['Mode', settings === undefined ? `${modeOfNewStage} (never set)` : settings.mode],
      ['Per order', money(limits.perOrder)],
      ['Per day', money(limits.perDay)],
      ['Per month', money(limits.perMonth)],
      ['Orders per hour', limits.ordersPerHour === undefined ? 'as deployed' : String(limits.ordersPerHour)],
      ...(settings === undefined ? [] : [['Set by', settings.by] as const, ['Reason', settings.reason] as const]),
    ],
    columns,
    paint.dim,
  );
}
