import { Duration } from 'aws-cdk-lib';
import { Color, type IMetric, type IWidget, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { type MetricName, metricNames } from '../../../../shared/observability/names.ts';
import { orderOutcomes } from '../../../../shared/observability/order-metrics.ts';
import { type Statistic, stageMetric } from '../stage-metrics.ts';
import type { Watched } from '../watched.ts';
import { instrumentColour, outcomeColours } from './colours.ts';
import { type Cell, type Graph, row, rows } from './layout.ts';

const hour = Duration.hours(1);
const height = 10;

/**
 * What a person wants to know first, side by side: is there enough and for how long, what does it cost, what became of the
 * orders, and was the price a good one.
 */
export function headline(watched: Watched): IWidget[][] {
  const { instruments } = watched;
  const prices = instruments.map((symbol) => priceOf(watched, symbol));
  // Prices of several instruments share no axis: next to the rest stands what can be compared.
  const isOne = instruments.length === 1;
  return [
    row(height, stock(watched), spending(watched), orders(watched), isOne ? prices : priceToMarket(watched)),
    ...(isOne ? [] : rows(6, prices)),
  ];
}

function stock(watched: Watched): Cell {
  return [
    { title: 'Units left', metrics: byInstrument(watched, metricNames.unitsAvailable, 'Minimum') },
    {
      title: 'Cover, minutes',
      metrics: byInstrument(watched, metricNames.coverMinutes, 'Minimum'),
    },
  ];
}

/** A line for each instrument that is topped up. */
function byInstrument(watched: Watched, name: MetricName, statistic: Statistic): readonly IMetric[] {
  return watched.toppedUp.map((instrument) =>
    stageMetric(watched.stageName, name, statistic, watched.checkEvery, { instrument }).with({
      label: instrument,
      color: instrumentColour(watched.instruments.indexOf(instrument)),
    }),
  );
}

function spending(watched: Watched): Cell {
  return [
    budget(watched, 'day', 'Spent today (UTC), USD'),
    budget(watched, 'month', 'Spent this month (UTC), USD'),
  ];
}

function budget({ stageName, checkEvery }: Watched, period: 'day' | 'month', title: string): Graph {
  const of = (name: MetricName) => stageMetric(stageName, name, 'Maximum', checkEvery, { period });
  const spent = of(metricNames.spentUsd).with({ label: 'spent', color: Color.BLUE });
  const committed = new MathExpression({
    expression: 'spent + reserved',
    usingMetrics: { spent, reserved: of(metricNames.reservedUsd) },
    label: 'with what is reserved',
    color: Color.ORANGE,
    period: checkEvery,
  });
  return {
    title,
    metrics: [spent, committed, of(metricNames.capUsd).with({ label: 'cap', color: Color.RED })],
  };
}

function orders({ stageName }: Watched): Graph {
  return {
    title: 'Orders an hour by outcome',
    isStacked: true,
    metrics: orderOutcomes.map((outcome) =>
      stageMetric(stageName, metricNames.orderOutcome, 'Sum', hour, { outcome }).with({
        label: outcome,
        color: outcomeColours[outcome],
      }),
    ),
  };
}

function priceOf(watched: Watched, instrument: string): Graph {
  const { stageName, toppedUp } = watched;
  const of = (name: MetricName) => stageMetric(stageName, name, 'Average', hour, { instrument });
  const market = of(metricNames.marketPrice).with({ label: 'best ask', color: Color.GREY });
  const paid = of(metricNames.pricePaid).with({
    label: 'paid, with fees',
    color: instrumentColour(watched.instruments.indexOf(instrument)),
  });
  return {
    title: `${instrument}: price per Unit, USD`,
    isZoomed: true,
    // Of an instrument that is bought by callers only, no check reads the book.
    metrics: toppedUp.includes(instrument) ? [market, paid] : [paid],
  };
}

function priceToMarket({ stageName, toppedUp, instruments }: Watched): Graph {
  return {
    title: 'Price paid, % of the best ask',
    isZoomed: true,
    metrics: toppedUp.map((instrument, index) => {
      const of = (name: MetricName) => stageMetric(stageName, name, 'Average', hour, { instrument });
      const [paid, ask] = [`paid${index}`, `ask${index}`];
      return new MathExpression({
        expression: `100 * ${paid} / ${ask}`,
        usingMetrics: { [paid]: of(metricNames.pricePaid), [ask]: of(metricNames.marketPrice) },
        label: instrument,
        color: instrumentColour(instruments.indexOf(instrument)),
        period: hour,
      });
    }),
  };
}
