import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { RequestFunctions } from '../request-functions.ts';
import { accessLogFields } from './access-log-fields.ts';
import type { ServiceFunction } from './service-function.ts';
import { type LogKeeping, ServiceLogGroup } from './service-log-group.ts';

export interface OrderApiProps {
  /** Who answers which request. */
  readonly functions: RequestFunctions;
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
    const { functions } = props;
    const api = new HttpApi(this, 'HttpApi', {
      description: 'Buys Units on the exchange',
      createDefaultStage: false,
      // The default of all routes, so that a route added later is closed as well.
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const route = (method: HttpMethod, path: string, target: ServiceFunction): void => {
      api.addRoutes({
        path,
        methods: [method],
        integration: new HttpLambdaIntegration(`${target.node.id}Integration`, target.lambda),
      });
    };
    route(HttpMethod.POST, '/orders', functions.placeOrder);
    route(HttpMethod.GET, '/orders', functions.readOrders);
    route(HttpMethod.GET, '/orders/{id}', functions.readOrders);
    route(HttpMethod.DELETE, '/orders/{id}', functions.cancelOrder);
    route(HttpMethod.GET, '/balances', functions.readBalances);
    route(HttpMethod.POST, '/stop', functions.stop);
    route(HttpMethod.POST, '/reservations', functions.makeReservation);
    route(HttpMethod.GET, '/reservations', functions.readReservations);
    route(HttpMethod.GET, '/reservations/{id}', functions.readReservations);
    route(HttpMethod.DELETE, '/reservations/{id}', functions.cancelReservation);
    route(HttpMethod.GET, '/decisions', functions.readDecisions);
    route(HttpMethod.POST, '/checks', functions.checkNow);

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
