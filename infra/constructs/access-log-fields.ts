/**
 * What the API's access log says of a request: who called which route, how it ended and how long it took.
 * No path parameter, query or header, which may hold what a caller would not want kept.
 */
export const accessLogFields = {
  requestId: '$context.requestId',
  requestTimeEpoch: '$context.requestTimeEpoch',
  caller: '$context.identity.userArn',
  sourceIp: '$context.identity.sourceIp',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseLatencyMs: '$context.responseLatency',
  integrationLatencyMs: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.responseType',
} as const;
