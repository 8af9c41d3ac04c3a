import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableShape } from '../../shared/store/table-shape.ts';
import type { ServiceFunction } from './service-function.ts';

/** Partitions that the steps of an order write. */
const orderPartitions = ['ORDER#*', 'XORD#*', 'BUDGET#*', 'RATE#*', 'SLOT#*', 'TERMS#*', 'FILLS#*'];

/** Partitions that only balance checks write: what they remember and have found, and the transfers that they make. */
const checkPartitions = [
  'TOPUP#*',
  'ALARM#*',
  'BREAKER',
  'AUDIT',
  'CHECKS',
  'TRANSFER#*',
  'XTRANSFER#*',
  'WAITING#*',
];

const inTransactions = { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] };

export interface OrderTableProps {
  /** Refuse to delete the table, and keep it when the stack goes. */
  readonly removalProtection: boolean;
}

/**
 * The one table: orders, what happened to them, and what is known of the balances.
 *
 * Grants name exact actions. CDK's ready-made ones include `Scan` and `DeleteItem`, which nothing here needs:
 * an order is never deleted, because its record is what keeps it from being placed twice.
 */
export class OrderTable extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: OrderTableProps) {
    super(scope, id);
    const { workIndex, createdIndex } = tableShape;
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: tableShape.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableShape.sortKey, type: AttributeType.STRING },
      timeToLiveAttribute: tableShape.timeToLive,
      globalSecondaryIndexes: [
        {
          indexName: workIndex.name,
          partitionKey: { name: workIndex.partitionKey, type: AttributeType.STRING },
          sortKey: { name: workIndex.sortKey, type: AttributeType.NUMBER },
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          indexName: createdIndex.name,
          partitionKey: { name: createdIndex.partitionKey, type: AttributeType.STRING },
          sortKey: { name: createdIndex.sortKey, type: AttributeType.NUMBER },
          projectionType: ProjectionType.ALL,
        },
      ],
      billing: Billing.onDemand(),
      // AWS's own key for DynamoDB: uses of it show in CloudTrail, and no function needs a grant on a key.
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalProtection,
      removalPolicy: props.removalProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
  /** Lets a function read items by their key. */
  allowReadingItems(reader: ServiceFunction): void {
    reader.allow('ReadItems', ['dynamodb:GetItem'], [this.table.tableArn]);
  }

  /** Lets a function read everything that is kept about one order: the items that share a partition key. */
  allowReadingHistories(reader: ServiceFunction): void {
    reader.allow('ReadHistories', ['dynamodb:Query'], [this.table.tableArn]);
  }

  /** Lets a function list orders by the time they were created. */
  allowListingOrders(reader: ServiceFunction): void {
    reader.allow('ListOrders', ['dynamodb:Query'], [this.indexArn(tableShape.createdIndex.name)]);
  }

  /** Lets a function find the orders that are not finished. */
  allowFindingUnfinishedOrders(reader: ServiceFunction): void {
    reader.allow('FindUnfinishedOrders', ['dynamodb:Query'], [this.indexArn(tableShape.workIndex.name)]);
  }

  /**
   * Lets a function create and change items, inside transactions only: an order, its history and the money it
   * reserves change together or not at all, and code that forgot so is refused.
   */
  allowOrderTransactions(writer: ServiceFunction): void {
    this.allowTransactions(writer, orderPartitions);
  }

  /** Lets a function do that, and keep what balance checks remember and find, and the transfers that they make. */
  allowCheckTransactions(writer: ServiceFunction): void {
    this.allowTransactions(writer, [...orderPartitions, ...checkPartitions]);
  }

  private allowTransactions(writer: ServiceFunction, partitions: readonly string[]): void {
    writer.allow('WriteInTransactions', ['dynamodb:PutItem', 'dynamodb:UpdateItem'], [this.table.tableArn], {
      'ForAnyValue:StringEquals': inTransactions,
      // Not the settings: what may be spent is not for those who spend.
      'ForAllValues:StringLike': {
        'dynamodb:LeadingKeys': partitions,
      },
    });
    writer.allow('CheckInTransactions', ['dynamodb:ConditionCheckItem'], [this.table.tableArn]);
  }

  /** Lets a function stop all buying, and nothing else. No function can close the breaker: none may delete. */
  allowOpeningBreaker(stopper: ServiceFunction): void {
    stopper.allow('OpenBreaker', ['dynamodb:PutItem'], [this.table.tableArn], {
      'ForAnyValue:StringEquals': inTransactions,
      'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['BREAKER'] },
    });
  }

  /** Named one by one: `table/index/*` would open indexes that do not exist yet. */
  private indexArn(name: string): string {
    return `${this.table.tableArn}/index/${name}`;
  }
}
