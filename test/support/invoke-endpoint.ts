import { listenOnLoopback } from '../../local/emulators/loopback/listen.ts';
import { readBody } from '../../local/emulators/loopback/read-body.ts';
import type { LocalStack } from '../../local/runner/local-stack.ts';

/** Where the tools of people find the functions of a local stack. */
export interface InvokeEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** The part of Lambda's API that invokes a function and waits for it, without a look at who asks. */
export async function startInvokeEndpoint(stack: Pick<LocalStack, 'invoke'>): Promise<InvokeEndpoint> {
  return listenOnLoopback(async (request, response) => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    const body = await readBody(request, 1_000_000);
    if (name === undefined || body === undefined) {
      response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
      return;
    }
    const payload: unknown = JSON.parse(body.toString('utf8'));
    const result = await stack.invoke(decodeURIComponent(name), payload);
    if (result.ok) response.writeHead(200).end(JSON.stringify(result.payload));
    else response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end(JSON.stringify(result.error));
  });
}
