import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableSettings } from '../configuration/environment.ts';
import { createBalanceReader } from '../store/balance-record.ts';
import type { ControlReading } from '../store/control-items.ts';
import { readBudget, readControl, readOrdersInHour } from '../store/control-store.ts';
import { createDecisionReader } from '../store/decision-log.ts';
import { readUnfinished } from '../store/order-queries.ts';
import { systemClock } from '../time/system-clock.ts';
import type { StageStatusPorts } from '../top-up/stage-status.ts';

/** Connects a look at the stage with its table, and nothing else. */
export function openStageStatus(environment: Environment): StageStatusPorts<ControlReading> {
  const { tableName, ceiling } = readTableSettings(environment);
  const tools = { client: dynamoDbClient(), tableName, clock: systemClock, random: Math.random };
  return {
    store: { unfinished: (limit) => readUnfinished(tools, limit) },
    balances: createBalanceReader(tools),
    decisions: createDecisionReader(tools),
    readControl: () => readControl(tools, ceiling),
    readBudget: (period) => readBudget(tools, period),
    ordersInHour: (at) => readOrdersInHour(tools, at),
    clock: systemClock,
  };
}
