import { apiHandler } from '../../shared/http/api-handler.ts';
import { unknownRouteAnswer } from '../../shared/http/unknown-route.ts';
import { createLog } from '../../shared/observability/json-log.ts';

const log = createLog(process.env);

/**
 * Whatever no other function answers: a path that does not exist, or a method that a path does not have. API Gateway would
 * say `{"message":"Not Found"}` to both.
 */
export const handler = apiHandler(log, async (event) => unknownRouteAnswer(event.rawPath));
