/**
 * How AWS is called: with time-outs, which the SDK does not have by itself, so that no invocation hangs on a
 * connection until Lambda ends it.
 */
export const awsClientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
};
