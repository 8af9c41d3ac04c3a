import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableName, readTableSettings } from '../configuration/environment.ts';
import { type ControlMemory, createControlMemory } from '../orders/control-memory.ts';
import type { Order } from '../orders/order.ts';
import type { OrderStore } from '../orders/store-port.ts';
import type { ControlReading } from '../store/control-items.ts';
import { readControl } from '../store/control-store.ts';
import { observedOrderStore } from '../store/observed-order-store.ts';
import { createOrderReader } from '../store/order-queries.ts';
import { createOrderRecorder, createOrderUpdater } from '../store/order-store.ts';
import { systemClock } from '../time/system-clock.ts';
import { atStart } from './at-start.ts';

type OnOrderStep = (before: Order, after: Order) => void;

/** What the placing of orders does with the table. */
export interface OrderPlacement {
  readonly store: Pick<OrderStore, 'create' | 'update' | 'get'>;
  /** Settings, breaker and limits as they are now. */
  readonly readControl: () => Promise<ControlReading>;
  /** What was read of them a moment ago, at the start of the function for one. */
  readonly controlMemory: ControlMemory<ControlReading>;
}

/**
 * Connects the placing of orders with the table of the stage, and nothing else. The connections are made already now, by
 * a first look at the settings: the start of a function has more of the processor than its first invocation.
 *
 * @param onOrderStep is told of each step of an order that was written
 */
export async function openOrderPlacement(
  environment: Environment,
  onOrderStep: OnOrderStep,
): Promise<OrderPlacement> {
  const tools = { ...readTableSettings(environment), ...surroundings() };
  const readNow = () => readControl(tools, tools.ceiling);
  const controlMemory = createControlMemory<ControlReading>(systemClock);
  await atStart([readNow().then(controlMemory.keep)]);
  const store = observedOrderStore(createOrderRecorder(tools), onOrderStep);
  return { store, readControl: readNow, controlMemory };
}

/**
 * Connects the recording of what becomes of orders with the table of the stage, and nothing else.
 *
 * @param onOrderStep is told of each step of an order that was written
 */
export function openOrderUpdater(
  environment: Environment,
  onOrderStep: OnOrderStep,
): Pick<OrderStore, 'update' | 'get'> {
  const tools = { tableName: readTableName(environment), ...surroundings() };
  return observedOrderStore(createOrderUpdater(tools), onOrderStep);
}

/** Connects the reading of orders with the table of the stage, and nothing else. */
export function openOrderReader(environment: Environment): Pick<OrderStore, 'get' | 'history' | 'list'> {
  return createOrderReader({ client: dynamoDbClient(), tableName: readTableName(environment) });
}

function surroundings() {
  return { client: dynamoDbClient(), clock: systemClock, random: Math.random };
}
