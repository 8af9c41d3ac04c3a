import { openStageStatus } from '../../shared/composition/stage-status.ts';
import { readBuyingSettings, readReaders } from '../../shared/configuration/environment.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { jsonAnswer } from '../../shared/http/problem.ts';
import { statusView } from '../../shared/http/status-view.ts';
import { visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/powertools.ts';
import { readStageStatus } from '../../shared/top-up/stage-status.ts';

const log = createLog();
const readers = readReaders(process.env);
const facts = readBuyingSettings(process.env);
const symbols = facts.instruments.map(({ symbol }) => symbol);
const ports = openStageStatus(process.env);

/** `GET /status`: mode, budgets, Units and open orders together, as the last check has seen them. */
export const handler = apiHandler(log, async (event) => {
  const visibility = visibilityTo(event.requestContext.authorizer.iam, readers);
  return jsonAnswer(200, statusView(facts, await readStageStatus(ports, symbols), visibility));
});
