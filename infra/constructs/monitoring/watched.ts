import type { Duration } from 'aws-cdk-lib';
import type { ITableV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { BalanceSchedule } from '../balance-schedule.ts';
import type { OrderApi } from '../order-api.ts';
import type { ServiceFunction } from '../service-function.ts';

/** What is watched of a stage. */
export interface Watched {
  /** Name of the stage, which all its metrics carry. */
  readonly stageName: string;
  /** Symbols of all instruments, topped up or bought by callers only, in the order of the settings. */
  readonly instruments: readonly string[];
  /** Symbols of the instruments that are topped up. */
  readonly toppedUp: readonly string[];
  /** Symbols of those whose Units nobody moves from the trading account: there none should stay. */
  readonly leftInTrading: readonly string[];
  /** Time from one balance check to the next. */
  readonly checkEvery: Duration;
  readonly schedule: BalanceSchedule;
  readonly functions: readonly ServiceFunction[];
  readonly api: OrderApi;
  readonly table: TableV2 | ITableV2;
}
