import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** How logs are kept; the same for everything in a stage. */
export interface LogKeeping {
  /** Days after which a log record is deleted. */
  readonly retentionDays: RetentionDays;
  /** Keep the logs when the stack goes. */
  readonly removalProtection: boolean;
}

/**
 * A log group of our own. Lambda would otherwise make one by itself that keeps its records for ever and that no
 * stack removes.
 */
export class ServiceLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, keeping: LogKeeping) {
    super(scope, id, {
      retention: keeping.retentionDays,
      removalPolicy: keeping.removalProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }
}
