import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import { accessLogFields } from './access-log-fields.ts';
import type { ServiceFunction } from './service-function.ts';
import { type LogKeeping, ServiceLogGroup } from './service-log-group.ts';

export interface OrderApiProps {
  /** Answers `POST /orders`. */
  readonly placeOrder: ServiceFunction;
  /** Answers `GET /orders` and `GET /orders/{id}`. */
  readonly readOrders: ServiceFunction;
  /** Answers `DELETE /orders/{id}`. */
  readonly cancelOrder: ServiceFunction;
  /** Answers `GET /balances`. */
  readonly readBalances: ServiceFunction;
  /** Answers `POST /stop`. */
  readonly stop: ServiceFunction;
  /** Answers `POST /reservations`. */
  readonly makeReservation: ServiceFunction;
  /** Answers `GET /reservations` and `GET /reservations/{id}`. */
  readonly readReservations: ServiceFunction;
  /** Answers `DELETE /reservations/{id}`. */
  readonly cancelReservation: ServiceFunction;
  /** Answers `GET /decisions`. */
  readonly readDecisions: ServiceFunction;
  /** Answers `POST /checks`. */
  readonly checkNow: ServiceFunction;
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
    route(HttpMethod.POST, '/orders', props.placeOrder);
    route(HttpMethod.GET, '/orders', props.readOrders);
    route(HttpMethod.GET, '/orders/{id}', props.readOrders);
    route(HttpMethod.DELETE, '/orders/{id}', props.cancelOrder);
    route(HttpMethod.GET, '/balances', props.readBalances);
    route(HttpMethod.POST, '/stop', props.stop);
    route(HttpMethod.POST, '/reservations', props.makeReservation);
    route(HttpMethod.GET, '/reservations', props.readReservations);
    route(HttpMethod.GET, '/reservations/{id}', props.readReservations);
    route(HttpMethod.DELETE, '/reservations/{id}', props.cancelReservation);
    route(HttpMethod.GET, '/decisions', props.readDecisions);
    route(HttpMethod.POST, '/checks', props.checkNow);

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
