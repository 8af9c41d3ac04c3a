import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Environment, readTableSettings } from '../configuration/environment.ts';
import type { OrderStore } from '../orders/store-port.ts';
import { createOrderStore } from '../store/order-store.ts';
import { systemClock } from '../time/system-clock.ts';
import { awsClientOptions } from './aws-client.ts';

/** Connects the order store with the table of the stage. */
export function openOrderStore(environment: Environment): OrderStore {
  const { tableName } = readTableSettings(environment);
  const client = new DynamoDBClient(awsClientOptions);
  return createOrderStore({ client, tableName, clock: systemClock, random: Math.random });
}
