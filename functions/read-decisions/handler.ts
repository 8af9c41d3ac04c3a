import { openDecisions } from '../../shared/composition/top-up-records.ts';
import { readBuyableSettings } from '../../shared/configuration/environment.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { parseDecisionQuery } from '../../shared/http/decision-query.ts';
import { decisionView } from '../../shared/http/decision-view.ts';
import { jsonAnswer } from '../../shared/http/problem.ts';
import { createLog } from '../../shared/observability/json-log.ts';

const log = createLog(process.env);
const symbols = readBuyableSettings(process.env).instruments.map(({ symbol }) => symbol);
const decisions = openDecisions(process.env);

/** `GET /decisions`: what the balance checks decided about an instrument, and why, newest first. */
export const handler = apiHandler(log, async (event) => {
  const query = parseDecisionQuery(event.queryStringParameters ?? {}, symbols);
  const page = await decisions.list(query);
  return jsonAnswer(200, {
    decisions: page.decisions.map(decisionView),
    nextCursor: page.nextCursor ?? null,
  });
});
