/**
 * Stands in for the compiled part of AWS's runtime interface client, so that nothing has to be compiled.
 *
 * Loaded into each function's process with `--import`. The compiled part answers three calls only: `next`,
 * `done` and `error`. Everything else (loading the handler, context, errors, log lines) is AWS's own code.
 *
 * JavaScript and not TypeScript: stripping types would add 55 ms to every cold start. Without types the
 * linter cannot follow any value, hence the exceptions.
 */
/* oxlint-disable typescript/no-unsafe-argument, typescript/no-unsafe-assignment, typescript/no-unsafe-call */
/* oxlint-disable typescript/no-unsafe-member-access, typescript/no-unsafe-return */
import { registerHooks } from 'node:module';

// An import statement would load undici, which the compiled part does not do (nodejs/node#59686).
const { Agent, request } = process.getBuiltinModule('node:http');

const shimAddress = 'runtime-shim:rapid-client';
const invocationPath = '/2018-06-01/runtime/invocation';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const [hostname, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');

/** `done` and `error` cannot wait, unlike in the compiled part; `next` waits for them instead. */
let posted = Promise.resolve();

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request({ hostname, port, path, method, agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ bodyJson: Buffer.concat(chunks).toString('utf8'), headers: response.headers });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const client = {
  async next() {
    await posted;
    const event = await call('GET', `${invocationPath}/next`);
    const time = event.headers['local-runner-time-ms'];
    if (time !== undefined) globalThis[Symbol.for('local-runner:set-time')](Number(time));
    return event;
  },
  done(requestId, body) {
    posted = call('POST', `${invocationPath}/${requestId}/response`, body);
  },
  error(requestId, body) {
    posted = call('POST', `${invocationPath}/${requestId}/error`, body);
  },
};

const clientKey = Symbol.for(shimAddress);
globalThis[clientKey] = client;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.endsWith('/rapid-client.node')) return nextResolve(specifier, context);
    return { url: shimAddress, format: 'commonjs', shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (url !== shimAddress) return nextLoad(url, context);
    const source = `module.exports = globalThis[Symbol.for('${shimAddress}')]`;
    return { format: 'commonjs', source, shortCircuit: true };
  },
});
