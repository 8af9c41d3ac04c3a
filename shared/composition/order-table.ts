import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableSettings } from '../configuration/environment.ts';
import type { InstrumentConfiguration } from '../configuration/instruments.ts';
import type { AuditMark } from '../orders/audit-orders.ts';
import type { BudgetPorts } from '../orders/budgets-in-force.ts';
import type { Breaker } from '../orders/control-port.ts';
import type { Order } from '../orders/order.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { RefusedChecksMemory } from '../orders/watch-exchange.ts';
import type { SettingsMemory } from '../orders/watch-settings.ts';
import type { ControlReading } from '../store/control-items.ts';
import { createAuditMark, createBreaker, readBudget, readControl } from '../store/control-store.ts';
import { noteDeployment } from '../store/deployment-record.ts';
import { observedOrderStore } from '../store/observed-order-store.ts';
import { createOrderStore } from '../store/order-store.ts';
import { createRefusedChecksMemory } from '../store/refused-checks.ts';
import { createSettingsMemory } from '../store/settings-memory.ts';
import { createTopUpMemoryStore } from '../store/top-up-memory.ts';
import { createTransferStore } from '../store/transfer-store.ts';
import { createWaitingMark } from '../store/waiting-mark.ts';
import { systemClock } from '../time/system-clock.ts';
import type { TopUpMemoryStore } from '../top-up/memory-port.ts';
import type { WaitingMark } from '../transfers/report-waiting-units.ts';
import type { TransferStore } from '../transfers/store-port.ts';

/** What balance checks do with the table of the stage. */
export interface OrderTable extends BudgetPorts {
  readonly store: OrderStore;
  readonly breaker: Breaker;
  readonly auditMark: AuditMark;
  readonly memories: TopUpMemoryStore;
  readonly transferStore: TransferStore;
  readonly waitingMark: WaitingMark;
  readonly refusedChecks: RefusedChecksMemory;
  readonly settingsMemory: SettingsMemory;
  /** Settings, breaker and limits as they are now. */
  readonly readControl: () => Promise<ControlReading>;
  /** Notes what is deployed, for administrators to set within. */
  readonly noteDeployment: (instruments: readonly InstrumentConfiguration[]) => Promise<void>;
}

/** Who is told of what is written. */
export interface OrderTableWatch {
  /** The breaker was opened, and had been closed before. */
  readonly onBreakerOpened: () => void;
  /** A step of an order was written. */
  readonly onOrderStep: (before: Order, after: Order) => void;
}

/** Connects everything that is kept in the table of the stage. */
export function openOrderTable(
  environment: Environment,
  { onBreakerOpened, onOrderStep }: OrderTableWatch,
): OrderTable {
  const { spendingLimits, ...table } = readTableSettings(environment);
  const tools = {
    ...table,
    client: dynamoDbClient(),
    clock: systemClock,
    random: Math.random,
  };
  return {
    store: observedOrderStore(createOrderStore(tools), onOrderStep),
    breaker: createBreaker(tools, onBreakerOpened),
    auditMark: createAuditMark(tools),
    memories: createTopUpMemoryStore(tools),
    readControl: () => readControl(tools, tools.ceiling),
    readBudget: (period) => readBudget(tools, period),
    transferStore: createTransferStore(tools),
    waitingMark: createWaitingMark(tools),
    refusedChecks: createRefusedChecksMemory(tools),
    settingsMemory: createSettingsMemory(tools),
    noteDeployment: (instruments) => noteDeployment(tools, { spendingLimits, instruments: [...instruments] }),
  };
}
