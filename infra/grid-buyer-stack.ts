import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from './config/stage.ts';
import { BalanceSchedule } from './constructs/balance-schedule.ts';
import { Monitoring } from './constructs/monitoring.ts';
import { OrderApi } from './constructs/order-api.ts';
import { OrderTable } from './constructs/order-table.ts';
import { ServiceFunction } from './constructs/service-function.ts';
import { SigningKeySecret } from './constructs/signing-key-secret.ts';
import { TopUpRecords } from './constructs/top-up-records.ts';
import type { FunctionName } from './function-names.ts';
import { serviceEnvironment } from './service-environment.ts';
import { topUpFunctions } from './top-up-functions.ts';

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

    const orders = new OrderTable(this, 'Orders', { removalProtection: stage.removalProtection });
    const signingKey = new SigningKeySecret(this, 'SigningKey');
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
      functions.push(made);
      return made;
    };

    const placeOrder = serviceFunction('PlaceOrder', 'place-order', requestTimeout, 'Places an order');
    signingKey.allowReading(placeOrder);
    orders.allowReadingItems(placeOrder);
    orders.allowOrderTransactions(placeOrder);
    // Unclear orders are then told apart by their price, which means looking at them.
    if (!stage.exchange.dialect.showsClientOrderIds) orders.allowFindingUnfinishedOrders(placeOrder);

    const readOrders = serviceFunction('ReadOrders', 'read-orders', requestTimeout, 'Shows orders');
    orders.allowReadingItems(readOrders);
    orders.allowReadingHistories(readOrders);
    orders.allowListingOrders(readOrders);

    const cancelOrder = serviceFunction('CancelOrder', 'cancel-order', requestTimeout, 'Cancels an order');
    signingKey.allowReading(cancelOrder);
    orders.allowReadingItems(cancelOrder);
    orders.allowOrderTransactions(cancelOrder);

    const readBalances = serviceFunction(
      'ReadBalances',
      'read-balances',
      requestTimeout,
      'Shows the balances',
    );
    signingKey.allowReading(readBalances);

    const checkBalances = serviceFunction(
      'CheckBalances',
      'check-balances',
      checkTimeout,
      'Checks the balances, tops up, and settles orders whose outcome is open',
    );
    const checkNow = serviceFunction(
      'CheckNow',
      'check-now',
      requestTimeout,
      'Checks the balances when an application asks for it',
    );
    const records = new TopUpRecords(orders.table);
    records.allowBeginningChecks(checkNow);
    for (const checker of [checkBalances, checkNow]) {
      signingKey.allowReading(checker);
      orders.allowReadingItems(checker);
      orders.allowFindingUnfinishedOrders(checker);
      orders.allowCheckTransactions(checker);
      records.allowReadingByInstrument(checker);
      records.allowWritingReservations(checker);
      records.allowRecordingDecisions(checker);
    }

    const stop = serviceFunction('Stop', 'stop', requestTimeout, 'Stops all buying');
    orders.allowOpeningBreaker(stop);

    const promoteKey = serviceFunction(
      'PromoteKey',
      'promote-key',
      requestTimeout,
      'Makes the pending signing key the current one; invoked by people',
    );
    signingKey.allowRotating(promoteKey);

    const topUps = topUpFunctions(
      (id, name, description) => serviceFunction(id, name, requestTimeout, description),
      records,
    );

    const api = new OrderApi(this, 'Api', {
      placeOrder,
      readOrders,
      cancelOrder,
      readBalances,
      stop,
      checkNow,
      ...topUps,
      throttling: stage.throttling,
      logs,
    });
    const checkEvery = Duration.minutes(stage.checkEveryMinutes);
    const schedule = new BalanceSchedule(this, 'BalanceChecks', { checkBalances, every: checkEvery });
    const toppedUp = stage.instruments.filter(({ topUp }) => topUp !== undefined);
    const leftInTrading = toppedUp.filter(({ moveFromTrading }) => !moveFromTrading);
    const symbolsOf = (some: typeof toppedUp) => some.map(({ symbol }) => symbol);
    const monitoring = new Monitoring(this, 'Monitoring', {
      watched: {
        stageName: stage.name,
        toppedUp: symbolsOf(toppedUp),
        leftInTrading: symbolsOf(leftInTrading),
        checkEvery,
        schedule,
        functions,
        api,
      },
      email: stage.alarmEmail,
    });

    this.output('ApiUrl', api.url, 'Where the API is; sign requests with SigV4 for the service execute-api');
    this.output('ApiExecuteArn', api.executeArn, 'Resource for the execute-api:Invoke policy of a caller');
    this.output('SigningKeySecretArn', signingKey.arn, 'Put the private signing key here');
    this.output('TableName', orders.table.tableName, 'Table of the orders');
    this.output('CheckBalancesFunctionName', checkBalances.lambda.functionName, 'Function that tops up');
    this.output('PromoteKeyFunctionName', promoteKey.lambda.functionName, 'Function that changes the key');
    this.output(
      'ChecksNotDeliveredQueueUrl',
      schedule.undelivered.queueUrl,
      'Checks that were not handed over',
    );
    this.output('ChecksNotRunQueueUrl', schedule.failed.queueUrl, 'Checks that failed or were dropped');
    this.output('PageTopicArn', monitoring.pageTopicArn, 'Alarms that need somebody now');
    this.output('TicketTopicArn', monitoring.ticketTopicArn, 'Alarms that can wait for the next working day');
  }

  private output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
