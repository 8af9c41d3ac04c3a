import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Conditions } from 'aws-cdk-lib/aws-iam';
import { tableShape } from '../../shared/store/table-shape.ts';
import type { ServiceFunction } from './service-function.ts';

const reservationPartitions = ['RESERVATION#*', 'RESERVATIONS#*'];

/** Grants on what the table keeps beside orders: reservations, decisions, and when a check was last asked for. */
export class TopUpRecords {
  readonly #table: TableV2;

  constructor(table: TableV2) {
    this.#table = table;
  }

  /** Lets a function read reservations by their id. */
  allowReadingReservations(reader: ServiceFunction): void {
    this.#allow(reader, 'ReadReservations', 'dynamodb:GetItem', within(reservationPartitions));
  }

  /** Lets a function list reservations by the time they were made. */
  allowListingReservations(reader: ServiceFunction): void {
    const index = `${this.#table.tableArn}/index/${tableShape.createdIndex.name}`;
    reader.allow('ListReservations', ['dynamodb:Query'], [index], within(['RESERVATIONS']));
  }

  /** Lets a function make and change reservations. */
  allowWritingReservations(writer: ServiceFunction): void {
    this.#allow(writer, 'WriteReservations', 'dynamodb:PutItem', inTransactions(reservationPartitions));
  }

  /** Lets a function see which reservations of an instrument count, and what its checks remember of it. */
  allowReadingByInstrument(reader: ServiceFunction): void {
    this.#allow(reader, 'ReadByInstrument', 'dynamodb:Query', within(['RESERVATIONS#*', 'TOPUP#*']));
  }

  /** Lets a function read decisions. */
  allowReadingDecisions(reader: ServiceFunction): void {
    this.#allow(reader, 'ReadDecisions', 'dynamodb:Query', within(['DECISION#*']));
  }

  /** Lets a function keep decisions. */
  allowRecordingDecisions(writer: ServiceFunction): void {
    this.#allow(writer, 'RecordDecisions', 'dynamodb:PutItem', inTransactions(['DECISION#*']));
  }

  /** Lets a function note that a check which was asked for begins. */
  allowBeginningChecks(writer: ServiceFunction): void {
    this.#allow(writer, 'BeginChecks', 'dynamodb:PutItem', inTransactions(['WAKEUP']));
  }

  #allow(to: ServiceFunction, sid: string, action: string, conditions: Conditions): void {
    to.allow(sid, [action], [this.#table.tableArn], conditions);
  }
}

/** On items of these partitions only. */
function within(partitions: readonly string[]): Conditions {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } };
}

/** The same, and inside transactions only, as everything is written here. */
function inTransactions(partitions: readonly string[]): Conditions {
  return {
    'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
    ...within(partitions),
  };
}
