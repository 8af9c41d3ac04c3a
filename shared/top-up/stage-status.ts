import { type Budget, budgetPeriodsAt } from '../ledger/budget.ts';
import type { Units } from '../ledger/decimal.ts';
import { type BudgetPorts, readBudgetsInForce } from '../orders/budgets-in-force.ts';
import type { ControlState } from '../orders/control-port.ts';
import { isLive } from '../orders/life-cycle.ts';
import type { Order } from '../orders/order.ts';
import { mostUnfinished } from '../orders/settle-orders.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { Clock } from '../time/clock.ts';
import type { BalanceRecord, Balances } from './balances.ts';
import type { Decision, DecisionLog } from './decisions/decision.ts';

/** What looking at a stage needs. */
export interface StageStatusPorts<Control extends ControlState = ControlState> extends BudgetPorts {
  /** Whether and how much may be bought, with whatever else is to be known of it. */
  readonly readControl: () => Promise<Control>;
  readonly store: Pick<OrderStore, 'unfinished'>;
  readonly balances: Pick<BalanceRecord, 'read'>;
  readonly decisions: Pick<DecisionLog, 'list'>;
  /** How many orders were recorded in the hour of a time, ms since the epoch. */
  readonly ordersInHour: (at: number) => Promise<number>;
  readonly clock: Pick<Clock, 'now'>;
}

/** What there is of an instrument, as the last check has seen it. */
export interface InstrumentStatus {
  readonly symbol: string;
  /** Units ready for inference; undefined before the first check. */
  readonly usable: Units | undefined;
  /** Units bought and not moved yet. */
  readonly inTrading: Units | undefined;
  /** The last decision about it; undefined where it is not topped up, or before the first check. */
  readonly decision: Decision | undefined;
}

/** How a stage is, at one look. */
export interface StageStatus<Control extends ControlState = ControlState> {
  /** ms since the epoch. */
  readonly at: number;
  readonly control: Control;
  readonly day: Budget & { readonly period: string };
  readonly month: Budget & { readonly period: string };
  readonly ordersThisHour: number;
  /** As the last check has read them; undefined before the first one. */
  readonly balances: Balances | undefined;
  readonly instruments: readonly InstrumentStatus[];
  /** Orders that may still buy something, oldest first. */
  readonly openOrders: readonly Order[];
}

/**
 * Looks at mode, money, Units and open orders together. It asks the exchange nothing: what is there is what the last
 * check has seen.
 *
 * @param symbols of the instruments
 * @throws StoreUnavailableError
 */
export async function readStageStatus<Control extends ControlState>(
  ports: StageStatusPorts<Control>,
  symbols: readonly string[],
): Promise<StageStatus<Control>> {
  const at = ports.clock.now();
  const [{ control, budgets }, ordersThisHour, balances, { orders }, decisions] = await Promise.all([
    readMoney(ports, at),
    ports.ordersInHour(at),
    ports.balances.read(),
    ports.store.unfinished(mostUnfinished),
    Promise.all(symbols.map((instrument) => ports.decisions.list({ instrument, limit: 1 }))),
  ]);
  const periods = budgetPeriodsAt(at);
  return {
    at,
    control,
    day: { ...budgets.day, period: periods.day },
    month: { ...budgets.month, period: periods.month },
    ordersThisHour,
    balances,
    instruments: symbols.map((symbol, index) => ({
      symbol,
      usable: unitsOf(symbol, balances?.consumption, ({ usable }) => usable),
      inTrading: unitsOf(symbol, balances?.trading, ({ available }) => available),
      decision: decisions[index]?.decisions[0],
    })),
    openOrders: orders.filter(({ state }) => isLive(state)),
  };
}

/** Which caps hold, and what is left of the budgets under them. */
async function readMoney<Control extends ControlState>(ports: StageStatusPorts<Control>, at: number) {
  const control = await ports.readControl();
  return { control, budgets: await readBudgetsInForce(ports, control.limits, at) };
}

/** The Units of an instrument in all accounts of a kind: none where it has no account. */
function unitsOf<Account extends { readonly instrument: string | undefined }>(
  symbol: string,
  accounts: readonly Account[] | undefined,
  units: (account: Account) => Units,
): Units | undefined {
  return accounts
    ?.filter(({ instrument }) => instrument === symbol)
    .reduce((sum, account) => sum + units(account), 0n);
}
