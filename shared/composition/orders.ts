import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableName, readTableSettings } from '../configuration/environment.ts';
import type { Order } from '../orders/order.ts';
import type { OrderStore } from '../orders/store-port.ts';
import { readControl } from '../store/control-store.ts';
import { observedOrderStore } from '../store/observed-order-store.ts';
import { createOrderReader } from '../store/order-queries.ts';
import { createOrderRecorder } from '../store/order-store.ts';
import { systemClock } from '../time/system-clock.ts';
import { atStart } from './at-start.ts';

type OnOrderStep = (before: Order, after: Order) => void;

/**
 * Connects the placing of orders with the table of the stage, and nothing else. The connections are made already now, by
 * reads of which nothing is kept: the start of a function has more of the processor than its first invocation.
 *
 * @param onOrderStep is told of each step of an order that was written
 */
export async function openOrderPlacement(environment: Environment, onOrderStep: OnOrderStep) {
  const settings = readTableSettings(environment);
  await atStart([readControl({ ...settings, client: dynamoDbClient() }, settings.ceiling)]);
  return openOrderRecorder(environment, onOrderStep);
}

/**
 * Connects the recording of what becomes of orders with the table of the stage, and nothing else.
 *
 * @param onOrderStep is told of each step of an order that was written
 */
export function openOrderRecorder(
  environment: Environment,
  onOrderStep: OnOrderStep,
): Pick<OrderStore, 'create' | 'update' | 'get'> {
  const settings = readTableSettings(environment);
  const tools = { ...settings, client: dynamoDbClient(), clock: systemClock, random: Math.random };
  return observedOrderStore(createOrderRecorder(tools), onOrderStep);
}

/** Connects the reading of orders with the table of the stage, and nothing else. */
export function openOrderReader(environment: Environment): Pick<OrderStore, 'get' | 'history' | 'list'> {
  return createOrderReader({ client: dynamoDbClient(), tableName: readTableName(environment) });
}
