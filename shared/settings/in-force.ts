import type { BuyableInstrument } from '../configuration/buyable-instruments.ts';
import type { InstrumentConfiguration, TopUpConfiguration } from '../configuration/instruments.ts';
import { spendingLimitsOf } from '../configuration/spending-limits.ts';
import type { SpendingLimits } from '../ledger/budget.ts';
import { formatUsd, minimum, parseDecimal, roundDownToTick, type Usd } from '../ledger/decimal.ts';
import type { Deployment } from './deployment.ts';
import { newStageSettings, type Settings } from './settings.ts';

/** An instrument as it is bought now. */
export type InForce<Instrument> = Instrument & {
  /** Nothing of it is bought. */
  readonly isPaused: boolean;
};

/** The limits in force: of the deployment's and those that are set, the tighter ones. */
export function limitsInForce(deployed: SpendingLimits, { spendingLimits }: Settings): SpendingLimits {
  const { perOrder, perDay, perMonth, ordersPerHour } = spendingLimits;
  return {
    perOrder: lower(perOrder, deployed.perOrder),
    perDay: lower(perDay, deployed.perDay),
    perMonth: lower(perMonth, deployed.perMonth),
    ordersPerHour: minimum(BigInt(ordersPerHour ?? deployed.ordersPerHour), deployed.ordersPerHour),
  };
}

/**
 * How an instrument is bought in force, its top-up left aside. What was set goes before what is deployed and never beyond it,
 * also when a deployment has made that tighter since. A maximum price that is set is the most that any order bids.
 *
 * @param settings undefined while they cannot be understood: then it is as deployed, and nothing of it is bought
 */
export function buyableInForce<Instrument extends BuyableInstrument>(
  deployed: Instrument,
  settings: Settings = newStageSettings,
): InForce<Instrument> {
  const { maximumPrice, paused } = settings.instruments[deployed.symbol] ?? {};
  return {
    ...deployed,
    maximumPrice: formatUsd(lower(maximumPrice, usd(deployed.maximumPrice))),
    isPaused: paused ?? false,
  };
}

/** The same with its top-up, which is set as a whole and stays within the same bounds. */
export function instrumentInForce(
  deployed: InstrumentConfiguration,
  settings: Settings = newStageSettings,
): InForce<InstrumentConfiguration> {
  const set = settings.instruments[deployed.symbol] ?? {};
  const buyable = buyableInForce(deployed, settings);
  // Its alarms come with the deployment, so whether there are top-ups at all is settled there.
  const topUp = deployed.topUp === undefined ? undefined : (set.topUp ?? deployed.topUp);
  return topUp === undefined
    ? buyable
    : { ...buyable, topUp: withinBounds(topUp, buyable, highestEmergencyPrice(deployed, set)) };
}

/** All of a stage as it is in force, as if it had been set so. */
export function settingsInForce(settings: Settings, deployment: Deployment): Settings {
  const { perOrder, perDay, perMonth, ordersPerHour } = limitsInForce(
    spendingLimitsOf(deployment.spendingLimits),
    settings,
  );
  return {
    mode: settings.mode,
    spendingLimits: {
      perOrder: formatUsd(perOrder),
      perDay: formatUsd(perDay),
      perMonth: formatUsd(perMonth),
      ordersPerHour: Number(ordersPerHour),
    },
    instruments: Object.fromEntries(
      deployment.instruments.map((deployed) => {
        const { symbol, maximumPrice, isPaused, topUp } = instrumentInForce(deployed, settings);
        return [symbol, { maximumPrice, paused: isPaused, ...(topUp === undefined ? {} : { topUp }) }];
      }),
    ),
  };
}

/** The most that an emergency may cost; undefined if no more than anything else. USD per Unit. */
function highestEmergencyPrice(
  { topUp }: InstrumentConfiguration,
  { maximumPrice }: Settings['instruments'][string],
): Usd | undefined {
  const deployed = topUp?.policy === 'adaptive' ? topUp.emergencyPrice : undefined;
  return maximumPrice !== undefined || deployed === undefined ? undefined : usd(deployed);
}

function withinBounds(
  topUp: TopUpConfiguration,
  { maximumPrice, maximumQuantity, priceTick }: InstrumentConfiguration,
  highest: Usd | undefined,
): TopUpConfiguration {
  if (topUp.policy === 'adaptive') {
    const { emergencyPrice, ...rest } = topUp;
    const emergency =
      highest === undefined || emergencyPrice === undefined ? 0n : lower(emergencyPrice, highest);
    // Below the maximum price it is none: what a deployment has raised since then is paid in an emergency too.
    return emergency < usd(maximumPrice) ? rest : { ...rest, emergencyPrice: formatUsd(emergency) };
  }
  const limitPrice = roundDownToTick(lower(topUp.limitPrice, usd(maximumPrice)), usd(priceTick));
  const quantity = Math.min(topUp.quantity, maximumQuantity);
  return { ...topUp, limitPrice: formatUsd(limitPrice), quantity };
}

/** The lower one of a set amount, if any, and a bound. */
function lower(text: string | undefined, bound: Usd): Usd {
  return text === undefined ? bound : minimum(usd(text), bound);
}

/** The schema has checked the form. */
function usd(text: string): Usd {
  return parseDecimal(text) ?? 0n;
}
