import { methodsAt } from '../configuration/api-routes.ts';
import { type HttpAnswer, problemAnswer } from './problem.ts';

/** The answer where no route has been found: 405 with the methods of the path, or 404 if it has none. */
export function unknownRouteAnswer(path: string): HttpAnswer {
  const allow = methodsAt(path);
  return allow.length === 0 ? problemAnswer('unknown-route') : problemAnswer('method-not-allowed', { allow });
}
