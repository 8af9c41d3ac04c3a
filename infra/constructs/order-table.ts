import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  type ITableV2,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { tableShape } from '../../shared/store/table-shape.ts';
import type { TableGrants } from '../function-grants.ts';
import type { AdministratorRole } from './administrator-role.ts';
import type { ServiceFunction } from './service-function.ts';
import { tableGuard } from './table-guard.ts';
import { tableStatements } from './table-statements.ts';

export interface OrderTableProps {
  /** Refuse to delete the table, and keep it when the stack goes. */
  readonly removalProtection: boolean;
  /** The only role that may write the settings and close the breaker. */
  readonly administrator: AdministratorRole;
  /**
   * Name of a table that was restored from a backup, to be used in place of the one that is made here, which is kept as it is.
   *
   * @default the one that is made here
   */
  readonly restoredTable?: string | undefined;
}

/**
 * The one table: orders, what happened to them, and what is known of the balances.
 *
 * Grants name exact actions. CDK's ready-made ones include `Scan` and `DeleteItem`, which nothing here needs:
 * an order is never deleted, because its record is what keeps it from being placed twice.
 */
export class OrderTable extends Construct {
  /** The one that is used. */
  readonly table: TableV2 | ITableV2;

  constructor(scope: Construct, id: string, props: OrderTableProps) {
    super(scope, id);
    const { workIndex, createdIndex } = tableShape;
    const made = new TableV2(this, 'Table', {
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
      // AWS's own key for DynamoDB: uses of it show in CloudTrail, and no function needs a grant on a key. A key of our
      // own would protect nothing more, because who may read the table could use it too, and costs a request to KMS for
      // each caller every few minutes.
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalProtection,
      removalPolicy: props.removalProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      resourcePolicy: new PolicyDocument({ statements: [...tableGuard(props.administrator.role.roleArn)] }),
    });
    const { restoredTable } = props;
    this.table = restoredTable === undefined ? made : TableV2.fromTableName(this, 'Restored', restoredTable);
    props.administrator.allowControl(this.table.tableArn);
  }

  /** Lets a function do exactly this with the items of the table. */
  allow(user: ServiceFunction, grants: TableGrants): void {
    for (const statement of tableStatements(this.table.tableArn, grants)) {
      user.role.addToPolicy(statement);
    }
  }
}
