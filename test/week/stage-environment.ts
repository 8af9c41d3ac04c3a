import { parseStage } from '../../infra/config/parse-stage.ts';
import { serviceEnvironment } from '../../infra/service-environment.ts';
import { bounds } from '../../local/backtest/policies/production.ts';
import { MARKETS } from '../../local/exchange/world.ts';
import { environmentNames } from '../../shared/configuration/environment-names.ts';

/** More than a week costs: the backtest knows no budget. USD. */
const unlimited = '1000000';

/**
 * What a stage would tell the functions: every instrument topped up by the adaptive policy, under the bounds that the
 * backtest gives it.
 */
export function stageEnvironment(instruments: readonly string[]): Readonly<Record<string, string>> {
  const { maximumPrice, maximumQuantity, priceTick, feeBasisPoints, emergencyPrice } = bounds;
  const stage = parseStage('week', {
    spendingLimits: {
      perOrder: unlimited,
      perDay: unlimited,
      perMonth: unlimited,
      ordersPerHour: 100_000,
    },
    instruments: instruments.map((symbol) => ({
      symbol,
      marketId: MARKETS.find(({ instrument }) => instrument.symbol === symbol)?.marketId,
      maximumPrice,
      maximumQuantity,
      priceTick,
      feeBasisPoints,
      topUp: { policy: 'adaptive', emergencyPrice },
    })),
  });
  const environment = serviceEnvironment(stage, { tableName: '', signingKeySecretArn: '' });
  const chosen = [environmentNames.instruments, environmentNames.spendingLimits];
  return Object.fromEntries(chosen.map((name) => [name, environment[name] ?? '']));
}
