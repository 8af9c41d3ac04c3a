import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Environment, readTableName } from '../configuration/environment.ts';
import { createBalanceRecord } from '../store/balance-record.ts';
import { createDecisionLog } from '../store/decision-log.ts';
import { createReservationStore } from '../store/reservation-store.ts';
import { createWakeUpGate } from '../store/wake-up-gate.ts';
import { systemClock } from '../time/system-clock.ts';
import type { BalanceRecord } from '../top-up/balances.ts';
import type { DecisionLog } from '../top-up/decisions/decision.ts';
import type { ReservationStore } from '../top-up/reservations/store-port.ts';
import type { WakeUpGate } from '../top-up/wake-up.ts';
import { awsClientOptions } from './aws-client.ts';

/** Connects the reservations with the table of the stage, and nothing else. */
export function openReservations(environment: Environment): ReservationStore {
  return createReservationStore(toolsFor(environment));
}

/** Connects the decisions with the table of the stage, and nothing else. */
export function openDecisionLog(environment: Environment): DecisionLog {
  return createDecisionLog(toolsFor(environment));
}

/** Connects the record of the balances with the table of the stage, and nothing else. */
export function openBalanceRecord(environment: Environment): BalanceRecord {
  return createBalanceRecord(toolsFor(environment));
}

/** Connects the gate of checks that are asked for with the table of the stage, and nothing else. */
export function openWakeUpGate(environment: Environment): WakeUpGate {
  return createWakeUpGate(toolsFor(environment));
}

function toolsFor(environment: Environment) {
  return {
    client: new DynamoDBClient(awsClientOptions),
    tableName: readTableName(environment),
    clock: systemClock,
    random: Math.random,
  };
}
