import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from './config/stage.ts';
import { AdministratorRole } from './constructs/administrator-role.ts';
import { BalanceSchedule } from './constructs/balance-schedule.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { OrderApi } from './constructs/order-api.ts';
import { OrderTable } from './constructs/order-table.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import { SigningKeySecret } from './constructs/signing-key-secret.ts';
import { grantsOf } from './function-grants.ts';
import type { FunctionName } from './function-names.ts';
import { type RequestFunctionMaker, requestFunctions } from './request-functions.ts';
import { serviceEnvironment } from './service-environment.ts';

export interface GridBuyerStackProps {
  /** What differs from stage to stage. */
  readonly stage: Stage;
  /** Folder that holds a bundle per function, as `bundleFunctions` writes it. */
  readonly bundlesFolder: string;
}

/** API Gateway gives up after 30 s; a function that answers before that can still say what it knows. */
const requestTimeout = Duration.seconds(25);

/** A check walks through all instruments and settles what earlier runs left open. */
const checkTimeout = Duration.seconds(90);

/** Everything that one stage consists of. Stages share nothing, so several fit into one account. */
export class GridBuyerStack extends Stack {
  constructor(scope: Construct, props: GridBuyerStackProps) {
    const { stage } = props;
    super(scope, `grid-buyer-${stage.name}`, {
      description: `Buys AI inference Units on The Grid (stage ${stage.name})`,
      terminationProtection: stage.removalProtection,
      tags: { service: 'grid-buyer', stage: stage.name },
      env: {
        ...(stage.account === undefined ? {} : { account: stage.account }),
        ...(stage.region === undefined ? {} : { region: stage.region }),
      },
    });

    const administrator = new AdministratorRole(this, 'Administrator');
    const orders = new OrderTable(this, 'Orders', {
      administrator,
      removalProtection: stage.removalProtection,
      restoredTable: stage.restoredTable,
    });
    const signingKey = new SigningKeySecret(this, 'SigningKey', { administrators: stage.keyAdministrators });
    const logs = { retentionDays: stage.logRetentionDays, removalProtection: stage.removalProtection };
    const environment = serviceEnvironment(stage, {
      tableName: orders.table.tableName,
      signingKeySecretArn: signingKey.arn,
    });
    const functions: ServiceFunction[] = [];
    const serviceFunction = (id: string, name: FunctionName, timeout: Duration, description: string) => {
      const made = new ServiceFunction(this, id, {
        name,
        description,
        timeout,
        environment,
        logs,
        bundlesFolder: props.bundlesFolder,
      });
      const grants = grantsOf(name, stage.exchange.dialect);
      orders.allow(made, grants.table);
      if (grants.signingKey === 'sign') signingKey.allowSigning(made);
      if (grants.signingKey === 'rotate') signingKey.allowRotating(made);
      functions.push(made);
      return made;
    };

    const requestFunction: RequestFunctionMaker = (id, name, description) =>
      serviceFunction(id, name, requestTimeout, description);
    const checkBalances = serviceFunction(
      'CheckBalances',
      'check-balances',
      checkTimeout,
      'Checks the balances, tops up, and settles orders whose outcome is open',
    );

    const api = new OrderApi(this, 'Api', {
      stageName: stage.name,
      functions: requestFunctions(requestFunction),
      throttling: stage.throttling,
      logs,
    });
    const promoteKey = serviceFunction(
      'PromoteKey',
      'promote-key',
      requestTimeout,
      'Makes the pending signing key the current one; invoked by people',
    );

    const checkEvery = Duration.minutes(stage.checkEveryMinutes);
    const schedule = new BalanceSchedule(this, 'BalanceChecks', { checkBalances, every: checkEvery });
    const toppedUp = stage.instruments.filter(({ topUp }) => topUp !== undefined);
    const leftInTrading = toppedUp.filter(({ moveFromTrading }) => !moveFromTrading);
    const symbolsOf = (some: typeof toppedUp) => some.map(({ symbol }) => symbol);
    const monitoring = new Monitoring(this, 'Monitoring', {
      watched: {
        stageName: stage.name,
        instruments: symbolsOf(stage.instruments),
        toppedUp: symbolsOf(toppedUp),
        leftInTrading: symbolsOf(leftInTrading),
        checkEvery,
        schedule,
        functions,
        api,
        table: orders.table,
      },
      watchedKey: stage.watchSigningKeyReads ? signingKey : undefined,
      addresses: stage.alarmAddresses,
      runbookUrl: stage.runbookUrl,
    });

    this.output('ApiUrl', api.url, 'Where the API is; sign requests with SigV4 for the service execute-api');
    this.output('ApiExecuteArn', api.executeArn, 'Resource for the execute-api:Invoke policy of a caller');
    this.output('SigningKeySecretArn', signingKey.arn, 'Put the private signing key here');
    this.output(
      'AdministratorRoleArn',
      administrator.role.roleArn,
      'Role of those who set mode and limits and close the breaker',
    );
    this.output('TableName', orders.table.tableName, 'Table of the orders');
    this.output('CheckBalancesFunctionName', checkBalances.lambda.functionName, 'Function that tops up');
    this.output('PromoteKeyFunctionName', promoteKey.lambda.functionName, 'Function that changes the key');
    this.output(
      'ChecksNotDeliveredQueueUrl',
      schedule.undelivered.queueUrl,
      'Checks that were not handed over',
    );
    this.output('ChecksNotRunQueueUrl', schedule.failed.queueUrl, 'Checks that failed or were dropped');
    this.output(
      'DashboardUrl',
      monitoring.dashboardUrl,
      'Units, spending, orders and prices, and below what it runs on',
    );
    this.output('PageTopicArn', monitoring.pageTopicArn, 'Alarms that need somebody now');
    this.output('TicketTopicArn', monitoring.ticketTopicArn, 'Alarms that can wait for the next working day');
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
