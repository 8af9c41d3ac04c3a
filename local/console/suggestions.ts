import type { LocalStack } from '../runner/local-stack.ts';

/** What a newcomer can try while everything runs. The credentials open nothing but this local stack. */
export function suggestions(stack: Pick<LocalStack, 'apiUrl' | 'region' | 'callerCredentials'>): string {
  const [caller] = stack.callerCredentials;
  const sign = `--aws-sigv4 aws:amz:${stack.region}:execute-api --user '${caller?.accessKeyId}:${caller?.secretAccessKey}'`;
  return `
Try, in another terminal:

  npx grid-buyer status
  npx grid-buyer buy chat-prime 1 --price 2.50
  npx grid-buyer stop --reason "a drill"
  npx grid-buyer buy chat-prime 1 --price 2.50 --dry-run
  npx grid-buyer resume --reason "the drill is over"

Your application signs its requests itself (a repeated Idempotency-Key never buys twice):

  curl -s ${sign} \\
    -H 'Content-Type: application/json' -H 'Idempotency-Key: my-first-order-0001' \\
    -d '{"market":"chat-prime","type":"limit","quantity":1,"price":"2.50"}' ${stack.apiUrl}/orders

An application burns Units meanwhile, and every minute a balance check tops up. Ctrl-C stops.
`;
}
