import { openStageStatus } from '../../shared/composition/stage-status.ts';
import { readBuyingSettings, readReaders } from '../../shared/configuration/environment.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { jsonAnswer } from '../../shared/http/problem.ts';
import { statusView } from '../../shared/http/status-view.ts';
import { visibilityTo } from '../../shared/http/visibility.ts';
import { createLog } from '../../shared/observability/json-log.ts';
import { instrumentInForce } from '../../shared/settings/in-force.ts';
import { readStageStatus } from '../../shared/top-up/stage-status.ts';

const log = createLog(process.env);
const readers = readReaders(process.env);
const { stage, instruments } = readBuyingSettings(process.env);
const symbols = instruments.map(({ symbol }) => symbol);
const ports = openStageStatus(process.env);

/** `GET /status`: mode, budgets, Units and open orders together, as the last check has seen them. */
export const handler = apiHandler(log, async (event) => {
  const visibility = visibilityTo(event.requestContext.authorizer.iam, readers);
  const status = await readStageStatus(ports, symbols);
  const { settings } = status.control.stored;
  const inForce = instruments.map((instrument) => instrumentInForce(instrument, settings));
  return jsonAnswer(200, statusView({ stage, instruments: inForce }, status, visibility));
});
