import type { SettingsChange } from '../../local/administration/plan-change.ts';
import { changeSettings } from '../../local/control/change-settings.ts';
import { showHistory, showSettings } from '../../local/control/show-settings.ts';
import type { SpendingLimits } from '../../shared/ledger/budget.ts';
import { formatUsd } from '../../shared/ledger/decimal.ts';
import type { Mode } from '../../shared/orders/control-port.ts';
import { newStageSettings, type Settings } from '../../shared/settings/settings.ts';
import type { TableTools } from '../../shared/store/read-item.ts';
import { closeBreaker, readSettings, writeSettings } from '../../shared/store/settings-store.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** Makes these the settings, whatever they were; what is not said is as in a new stage. */
export async function administer(table: TableTools, changes: Partial<Settings>): Promise<void> {
  const tools = { ...table, clock: createVirtualClock(), random: Math.random };
  const found = await readSettings(tools);
  const note = { by: 'test', reason: 'test', at: tools.clock.now() };
  const version = await writeSettings(tools, found, { ...newStageSettings, ...changes }, note);
  if (version === undefined) throw new Error('Somebody else has set the settings meanwhile.');
}

/** Exact limits as they are set. */
export function limitsAsSet({
  ordersPerHour,
  ...amounts
}: Partial<SpendingLimits>): Settings['spendingLimits'] {
  return {
    ...Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, formatUsd(amount)])),
    ...(ordersPerHour === undefined ? {} : { ordersPerHour: Number(ordersPerHour) }),
  };
}

/** An administrator who agrees to everything, with what the tool does. */
export function administratorOf(table: TableTools) {
  const tools = { ...table, clock: createVirtualClock(), random: Math.random };
  const terms = { by: 'an administrator', reason: 'a test', yes: true };
  const change = (wanted: SettingsChange) =>
    changeSettings(tools, wanted, terms, { say: () => {}, agrees: async () => true });
  return {
    show: () => showSettings(tools),
    history: () => showHistory(tools, 20),
    become: (mode: Mode) => change({ verb: 'mode', mode }),
    set: (path: string, value: string) => change({ verb: 'set', assignments: [{ path, value }] }),
    unset: (...paths: readonly string[]) => change({ verb: 'unset', paths }),
    restore: (version: number) => change({ verb: 'restore', version }),
    closeBreaker: () => closeBreaker(tools),
  };
}
