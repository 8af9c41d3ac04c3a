/** A signed request as API Gateway hands it to a function. */
function apiEvent(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string) {
  const routeKey = `${method} ${path}`;
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'api.example', 'content-type': 'application/json', ...headers },
    requestContext: {
      accountId: '123456789012',
      apiId: 'bench',
      authorizer: {
        iam: {
          accessKey: 'AKIABENCH',
          accountId: '123456789012',
          callerId: 'AIDABENCH',
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: 'arn:aws:iam::123456789012:user/bench',
          userId: 'AIDABENCH',
        },
      },
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'bench' },
      requestId: 'bench',
      routeKey,
      stage: '$default',
      time: '01/Jan/2026:00:00:00 +0000',
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded: false,
  };
}

/**
 * A `POST /orders` for one Unit.
 *
 * @param number makes its idempotency key one of its own
 * @param price USD per Unit
 */
export function orderEvent(number: string, price = '2.50') {
  const body = JSON.stringify({ market: 'chat-prime', type: 'limit', quantity: 1, price });
  return apiEvent('POST', '/orders', { 'idempotency-key': `bench-key-${number}` }, body);
}

/** A `GET /orders`. */
export function listEvent() {
  return apiEvent('GET', '/orders', {});
}

/** A firing of the schedule. @param scheduledTime ISO 8601 */
export function tickEvent(scheduledTime: string) {
  return {
    scheduleArn: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/bench',
    scheduledTime,
  };
}

/** Whether an answer has this status. */
export function isAnswer(status: number): (answer: unknown) => boolean {
  return (answer) =>
    typeof answer === 'object' && answer !== null && 'statusCode' in answer && answer.statusCode === status;
}
