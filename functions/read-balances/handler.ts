import { deadlineOf } from '../../shared/composition/deadline.ts';
import { openExchange } from '../../shared/composition/exchange-access.ts';
import { readBuyingSettings } from '../../shared/configuration/environment.ts';
import { createInstrumentDirectory } from '../../shared/exchange/instrument-directory.ts';
import { apiHandler } from '../../shared/http/api-handler.ts';
import { balancesView } from '../../shared/http/balances-view.ts';
import { jsonAnswer } from '../../shared/http/problem.ts';
import { createLog } from '../../shared/observability/powertools.ts';

const log = createLog();
const { instruments } = readBuyingSettings(process.env);
const directory = createInstrumentDirectory();
const exchangeUntil = await openExchange(process.env);

/** `GET /balances`: Units ready for inference, Units still in trading, and USD, as the exchange has them now. */
export const handler = apiHandler(log, async (_event, context) => {
  const exchange = exchangeUntil(deadlineOf(context));
  const [consumption, trading, currency, ids] = await Promise.all([
    exchange.getConsumptionAccounts(),
    exchange.getTradingAccounts(),
    exchange.getCurrencyAccounts(),
    Promise.all(instruments.map((instrument) => directory.instrumentIdOf(exchange, instrument))),
  ]);
  const symbols = new Map(instruments.map(({ symbol }, index) => [ids[index] ?? '', symbol]));
  return jsonAnswer(200, balancesView(symbols, consumption, trading, currency));
});
