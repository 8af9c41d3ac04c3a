import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Environment, readTableSettings } from '../configuration/environment.ts';
import type { AuditMark } from '../orders/audit-orders.ts';
import type { Breaker } from '../orders/control-port.ts';
import type { OrderStore } from '../orders/store-port.ts';
import { createAuditMark, createBreaker } from '../store/control-store.ts';
import { createOrderStore } from '../store/order-store.ts';
import { createTopUpMemoryStore } from '../store/top-up-memory.ts';
import { systemClock } from '../time/system-clock.ts';
import type { TopUpMemoryStore } from '../top-up/memory-port.ts';
import { awsClientOptions } from './aws-client.ts';

/** What the functions do with the table of the stage. */
export interface OrderTable {
  readonly store: OrderStore;
  readonly breaker: Breaker;
  readonly auditMark: AuditMark;
  readonly memories: TopUpMemoryStore;
}

/** Connects everything that is kept in the table of the stage. */
export function openOrderTable(environment: Environment): OrderTable {
  const tools = {
    ...readTableSettings(environment),
    client: new DynamoDBClient(awsClientOptions),
    clock: systemClock,
    random: Math.random,
  };
  return {
    store: createOrderStore(tools),
    breaker: createBreaker(tools),
    auditMark: createAuditMark(tools),
    memories: createTopUpMemoryStore(tools),
  };
}
