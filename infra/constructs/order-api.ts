import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { answersUnknown, apiRoutes } from '../../shared/configuration/api-routes.ts';
import type { FunctionName } from '../function-names.ts';
import { accessLogFields } from './access-log-fields.ts';
import type { ServiceFunction } from './service-function.ts';
import { type LogKeeping, ServiceLogGroup } from './service-log-group.ts';

export interface OrderApiProps {
  /** Name of the stage, by which the API is known in the console. */
  readonly stageName: string;
  /** Those that answer its requests. */
  readonly functions: readonly ServiceFunction[];
  /** Requests that are taken, over all callers; more are answered with 429. */
  readonly throttling: { readonly ratePerSecond: number; readonly burst: number };
  /** How the access log is kept. */
  readonly logs: LogKeeping;
}

/**
 * The HTTP API. Every request is signed with IAM credentials (SigV4), so there is no password or token to leak, and
 * each order carries the principal that placed it.
 */
export class OrderApi extends Construct {
  /** The one stage of the API. */
  readonly stage: HttpStage;
  /** Where the API is; the resources come directly after it. */
  readonly url: string;
  /** All its routes as an IAM resource, for the policy of a caller. */
  readonly executeArn: string;

  constructor(scope: Construct, id: string, props: OrderApiProps) {
    super(scope, id);
    const integrationOf = (name: FunctionName) => integrationWith(props.functions, name);
    const api = new HttpApi(this, 'HttpApi', {
      apiName: `grid-buyer-${props.stageName}`,
      description: 'Buys Units on the exchange',
      createDefaultStage: false,
      // The default of all routes, so that a route added later is closed as well.
      defaultAuthorizer: new HttpIamAuthorizer(),
      defaultIntegration: integrationOf(answersUnknown),
    });
    for (const { method, path, answeredBy } of apiRoutes) {
      api.addRoutes({ path, methods: [HttpMethod[method]], integration: integrationOf(answeredBy) });
    }

    this.stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      autoDeploy: true,
      throttle: { rateLimit: props.throttling.ratePerSecond, burstLimit: props.throttling.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(new ServiceLogGroup(this, 'AccessLog', props.logs)),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    this.url = this.stage.url;
    this.executeArn = api.arnForExecuteApi();
  }
}

function integrationWith(functions: readonly ServiceFunction[], name: FunctionName): HttpLambdaIntegration {
  const target = functions.find((one) => one.name === name);
  if (target === undefined) throw new Error(`The API has no function ${name}.`);
  return new HttpLambdaIntegration(`${target.node.id}Integration`, target.lambda);
}
