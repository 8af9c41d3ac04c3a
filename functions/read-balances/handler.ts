import { openBalances } from '../../shared/composition/top-up-records.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { balancesView } from '../../shared/http/balances-view.ts';
import { jsonAnswer, ProblemError } from '../../shared/http/problem.ts';
import { createLog } from '../../shared/observability/json-log.ts';

const log = createLog(process.env);
const record = openBalances(process.env);

/**
 * `GET /balances`: Units ready for inference, Units still in trading, and USD, as the last balance check has read them.
 * It asks the exchange nothing: that takes the signing key, and who only looks does not need to be able to trade.
 */
export const handler = apiHandler(log, async () => {
  const balances = await record.read();
  if (balances === undefined) throw new ProblemError('balances-not-read');
  return jsonAnswer(200, balancesView(balances));
});
