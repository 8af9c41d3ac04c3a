import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as v from 'valibot';
import { expect } from 'vitest';
import { apiDocument } from '../../local/api-document/document.ts';
import type { ApiAnswer, ApiClient } from '../../local/service/api-client.ts';
import { apiRoutes } from '../../shared/configuration/api-routes.ts';

const document = apiDocument({ closedAnswers: true });
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'api');

const operation = v.object({
  responses: v.record(v.string(), v.object({ content: v.record(v.string(), v.unknown()) })),
});
const documented = v.parse(
  v.object({ paths: v.record(v.string(), v.record(v.string(), operation)) }),
  document,
);

/** What API Gateway says itself, before anything of ours. */
const gatewaysOwn = v.strictObject({ message: v.string() });

/** In which ways an answer is not what the API's document says; none if it is. */
export function deviations(method: string, path: string, answer: ApiAnswer): readonly string[] {
  if (v.is(gatewaysOwn, answer.body)) return [];
  const [pathname = ''] = path.split('?', 1);
  const route = apiRoutes.find((one) => one.method === method && fits(one.path, pathname));
  const pointer =
    route === undefined ? '#/components/schemas/Problem' : pointerTo(route, answer.status, typeOf(answer));
  if (pointer === undefined) return [`${answer.status} as ${typeOf(answer)} is not in the document`];
  const validate = ajv.getSchema(`api${pointer}`);
  if (validate === undefined) throw new Error(`${pointer} leads nowhere.`);
  void validate(answer.body);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

function typeOf({ headers }: ApiAnswer): string {
  return headers.get('content-type') ?? 'nothing';
}

function fits(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
}

function pointerTo(
  { method, path }: { readonly method: string; readonly path: string },
  status: number,
  type: string,
): string | undefined {
  const verb = method.toLowerCase();
  const response = documented.paths[path]?.[verb]?.responses[status];
  if (response?.content[type] === undefined) return undefined;
  const steps = ['paths', path, verb, 'responses', String(status), 'content', type, 'schema'];
  return `#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

/** The same client; an answer that is not as the API's document says fails the test. */
export function conformingApi(api: ApiClient): ApiClient {
  const checked = async (method: string, path: string, call: Promise<ApiAnswer>): Promise<ApiAnswer> => {
    const answer = await call;
    expect(deviations(method, path, answer), `${method} ${path}`).toEqual([]);
    return answer;
  };
  return {
    get: (path) => checked('GET', path, api.get(path)),
    delete: (path) => checked('DELETE', path, api.delete(path)),
    stop: (body) => checked('POST', '/stop', api.stop(body)),
    checkNow: (body) => checked('POST', '/checks', api.checkNow(body)),
    placeOrder: (key, body) => checked('POST', '/orders', api.placeOrder(key, body)),
    makeReservation: (key, body) => checked('POST', '/reservations', api.makeReservation(key, body)),
  };
}
