import { type AwsEndpoint, exampleCredentials } from '../emulators/aws-endpoint.ts';
import { listenOnLoopback } from '../emulators/loopback/listen.ts';
import { readBody } from '../emulators/loopback/read-body.ts';
import { asWireRequest } from '../emulators/signature/as-wire-request.ts';
import { verifySignature } from '../emulators/signature/verify-signature.ts';
import type { LocalStack } from '../runner/local-stack.ts';

/** Where the tools of people find the functions of a local stack. */
export interface InvokeEndpoint extends AwsEndpoint {
  close(): Promise<void>;
}

/** The part of Lambda's API that invokes a function and waits for it. Who signs with the local keys may do that. */
export async function startInvokeEndpoint(
  stack: Pick<LocalStack, 'invoke' | 'region'>,
): Promise<InvokeEndpoint> {
  const { accessKeyId, secretAccessKey } = exampleCredentials;
  const server = await listenOnLoopback(async (request, response) => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    const body = await readBody(request, 1_000_000);
    if (name === undefined || body === undefined) {
      response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
      return;
    }
    const signature = verifySignature(asWireRequest(request, body), {
      region: stack.region,
      service: 'lambda',
      secretOf: (key) => (key === accessKeyId ? secretAccessKey : undefined),
      now: Date.now(),
    });
    if (!signature.ok) {
      response.writeHead(403, { 'x-amzn-errortype': 'InvalidSignatureException' }).end('{}');
      return;
    }
    const payload: unknown = JSON.parse(body.toString('utf8'));
    const result = await stack.invoke(decodeURIComponent(name), payload);
    if (result.ok) response.writeHead(200).end(JSON.stringify(result.payload));
    else response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(JSON.stringify(result.error));
  });
  return {
    endpoint: server.url,
    region: stack.region,
    credentials: exampleCredentials,
    close: () => server.close(),
  };
}
