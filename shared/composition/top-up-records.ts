import { dynamoDbClient } from '../aws/clients.ts';
import { type Environment, readTableName } from '../configuration/environment.ts';
import { createBalanceReader, createBalanceWriter } from '../store/balance-record.ts';
import { createDecisionReader, createDecisionRecorder } from '../store/decision-log.ts';
import { createOpenReservations, createReservationStore } from '../store/reservation-store.ts';
import { createWakeUpGate } from '../store/wake-up-gate.ts';
import { systemClock } from '../time/system-clock.ts';
import type { BalanceRecord } from '../top-up/balances.ts';
import type { DecisionLog } from '../top-up/decisions/decision.ts';
import type { ReservationStore } from '../top-up/reservations/store-port.ts';
import type { WakeUpGate } from '../top-up/wake-up.ts';

/** Connects the reservations with the table of the stage, and nothing else. */
export function openReservations(environment: Environment): ReservationStore {
  return createReservationStore(toolsFor(environment));
}

/** Connects what balance checks do with reservations with the table of the stage, and nothing else. */
export function openReservationsOfChecks(
  environment: Environment,
): Pick<ReservationStore, 'openOf' | 'update'> {
  return createOpenReservations(toolsFor(environment));
}

/** Connects the decisions with the table of the stage, and nothing else. */
export function openDecisions(environment: Environment): Pick<DecisionLog, 'list'> {
  return createDecisionReader(toolsFor(environment));
}

/** Connects the keeping of decisions with the table of the stage, and nothing else. */
export function openDecisionRecorder(environment: Environment): Pick<DecisionLog, 'record'> {
  return createDecisionRecorder(toolsFor(environment));
}

/** Connects the record of the balances with the table of the stage, and nothing else. */
export function openBalances(environment: Environment): Pick<BalanceRecord, 'read'> {
  return createBalanceReader(toolsFor(environment));
}

/** Connects the keeping of balances with the table of the stage, and nothing else. */
export function openBalanceWriter(environment: Environment): Pick<BalanceRecord, 'write'> {
  return createBalanceWriter(toolsFor(environment));
}

/** Connects the gate of checks that are asked for with the table of the stage, and nothing else. */
export function openWakeUpGate(environment: Environment): WakeUpGate {
  return createWakeUpGate(toolsFor(environment));
}

function toolsFor(environment: Environment) {
  return {
    client: dynamoDbClient(),
    tableName: readTableName(environment),
    clock: systemClock,
    random: Math.random,
  };
}
