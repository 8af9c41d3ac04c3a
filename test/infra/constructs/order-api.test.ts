import { describe, expect, it } from 'vitest';
import { accessLogFields } from '../../../infra/constructs/access-log-fields.ts';
import { resourceOf, resources } from '../support/resources.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize();
const routes = resources(template, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties);
const routeKeys = new Set(routes.map((route) => route['RouteKey']));
const integration = (logicalId: string) =>
  resourceOf(template, 'AWS::ApiGatewayV2::Integration', logicalId).Properties['IntegrationUri'];
const functionArn = (id: string) => ({
  'Fn::GetAtt': [resourceOf(template, 'AWS::Lambda::Function', `${id}Function`).logicalId, 'Arn'],
});

describe('routes', () => {
  it('are these thirteen, and one for everything else', () => {
    expect(routes).toHaveLength(14);
    expect(routeKeys).toEqual(
      new Set([
        'POST /orders',
        'GET /orders',
        'GET /orders/{id}',
        'DELETE /orders/{id}',
        'GET /balances',
        'POST /stop',
        'POST /reservations',
        'GET /reservations',
        'GET /reservations/{id}',
        'DELETE /reservations/{id}',
        'GET /decisions',
        'POST /checks',
        'GET /status',
        '$default',
      ]),
    );
  });

  it('all ask for a request signed with IAM credentials', () => {
    expect(routes.map((route) => route['AuthorizationType'])).toEqual(routes.map(() => 'AWS_IAM'));
  });

  it.each([
    ['POSTorders', 'PlaceOrder'],
    ['GETorders', 'ReadOrders'],
    ['GETordersid', 'ReadOrders'],
    ['DELETEordersid', 'CancelOrder'],
    ['GETbalances', 'ReadBalances'],
    ['POSTstop', 'Stop'],
    ['POSTreservations', 'MakeReservation'],
    ['GETreservations', 'ReadReservations'],
    ['GETreservationsid', 'ReadReservations'],
    ['DELETEreservationsid', 'CancelReservation'],
    ['GETdecisions', 'ReadDecisions'],
    ['POSTchecks', 'CheckNow'],
    ['GETstatus', 'ReadStatus'],
    ['DefaultRoute', 'AnswerUnknown'],
  ])('%s leads to %s', (route, target) => {
    expect(integration(`ApiHttpApi${route}${target}`)).toEqual(functionArn(target));
  });
});

describe('the API', () => {
  it('has the name of its stage, so that several can be told apart', () => {
    expect(resourceOf(template, 'AWS::ApiGatewayV2::Api').Properties['Name']).toBe('grid-buyer-test');
  });
});

describe('the stage', () => {
  it('takes as many requests as the settings say', () => {
    synthesize({ throttling: { ratePerSecond: 7, burst: 20 } }).hasResourceProperties(
      'AWS::ApiGatewayV2::Stage',
      {
        DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 20 },
      },
    );
    expect(resourceOf(template, 'AWS::ApiGatewayV2::Stage').Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: 5,
      ThrottlingBurstLimit: 10,
    });
  });

  it('writes a JSON access log to a log group of its own', () => {
    const { Properties } = resourceOf(template, 'AWS::ApiGatewayV2::Stage');
    expect(Properties['AccessLogSettings']).toEqual({
      DestinationArn: {
        'Fn::GetAtt': [resourceOf(template, 'AWS::Logs::LogGroup', 'ApiAccessLog').logicalId, 'Arn'],
      },
      Format: JSON.stringify(accessLogFields),
    });
    expect(accessLogFields.caller).toBe('$context.identity.userArn');
  });

  it('is the only one, and no page of another origin may call it', () => {
    expect(resources(template, 'AWS::ApiGatewayV2::Stage')).toHaveLength(1);
    expect(resourceOf(template, 'AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
  });
});

describe('calls from the API to the functions', () => {
  it('are allowed to this API only', () => {
    const api = resourceOf(template, 'AWS::ApiGatewayV2::Api').logicalId;
    const permissions = resources(template, 'AWS::Lambda::Permission');
    expect(permissions).toHaveLength(14);
    for (const { Properties } of permissions) {
      expect(Properties['Principal']).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(Properties['SourceArn'])).toContain(`{"Ref":"${api}"}`);
    }
  });
});
