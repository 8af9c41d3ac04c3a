import { join } from 'node:path';
import { type Duration, Validations } from 'aws-cdk-lib';
import { type Conditions, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '../../shared/configuration/environment-names.ts';
import { bundleHandler } from '../bundling/bundle-options.ts';
import type { FunctionName } from '../function-names.ts';
import { type LogKeeping, ServiceLogGroup } from './service-log-group.ts';

export interface ServiceFunctionProps {
  /** Which of the functions it is; also the service name in its log records. */
  readonly name: FunctionName;
  /** One sentence on what it does, shown in the console. */
  readonly description: string;
  /** Folder that holds a bundle per function, as `bundleFunctions` writes it. */
  readonly bundlesFolder: string;
  /** How long one invocation may take. */
  readonly timeout: Duration;
  /** Settings that its code reads. */
  readonly environment: Readonly<Record<string, string>>;
  /** How its logs are kept. */
  readonly logs: LogKeeping;
  /**
   * Memory in MB, and with it the share of a processor: 1769 MB is a whole one.
   *
   * @default 512: measured to be the cheapest for checks, and as cheap as less for the others (docs/performance.md)
   */
  readonly memorySize?: number;
}

/**
 * A Lambda function as this service runs them all: Node 24 on ARM64, a log group and a role of its own.
 *
 * The role starts with the right to write its own log and nothing else; no managed policy, because those name
 * every log group of the account. X-Ray is off: it would need rights on `*` and a tracer in every cold start, and
 * one function that calls one table and one exchange is explained by its log records.
 */
export class ServiceFunction extends Construct {
  /** Which of the functions it is. */
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new ServiceLogGroup(this, 'Logs', props.logs);
    this.allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: bundleHandler,
      code: Code.fromAsset(join(props.bundlesFolder, props.name)),
      memorySize: props.memorySize ?? 512,
      timeout: props.timeout,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      environment: {
        ...props.environment,
        [environmentNames.serviceName]: props.name,
      },
    });
    Validations.of(this.lambda).acknowledge(
      {
        id: 'Serverless-LambdaDLQ',
        reason:
          'Only the check of the schedule is invoked asynchronously, and it has a destination for failures, which keeps the reason as well. The others are invoked by the API or by a person, who hear of a failure themselves.',
      },
      {
        id: 'Serverless-LambdaTracing',
        reason:
          'X-Ray takes rights on every resource and a tracer in every cold start. A function calls one table and one exchange; its log records and metrics say how long that took.',
      },
    );
  }

  /** Lets the function do exactly these actions on exactly these resources. */
  allow(sid: string, actions: string[], resources: string[], conditions?: Conditions): void {
    this.role.addToPolicy(
      new PolicyStatement({ sid, actions, resources, ...(conditions === undefined ? {} : { conditions }) }),
    );
  }
}
