import { drawPlot, type Plot } from '../../plots/plot.ts';
import { scaleFromZero } from '../../plots/scale.ts';
import { dateText, timeLabels } from '../../plots/time-axis.ts';
import { dayMs } from '../period.ts';
import type { PeriodSummary } from '../summary.ts';
import { percent, toNumber, usd } from './words.ts';

const mostLabels = 8;

/** Spending by day and month against their caps. */
export function spendingSection(summary: PeriodSummary): string {
  return `<h2>Spending against the caps<small>whole UTC days</small></h2>
<section class="panel">${[dayPlot(summary), monthPlot(summary)].map(drawPlot).join('\n')}</section>`;
}

function dayPlot(summary: PeriodSummary): Plot {
  const { days, caps } = summary;
  const spent = days.map((day) => toNumber(day.spent));
  const withReserved = days.map((day) => toNumber(day.spent + day.reserved));
  const cap = days.map(() => toNumber(caps.perDay));
  const isReserved = days.some(({ reserved }) => reserved > 0n);
  return {
    title: 'By day',
    unit: 'USD',
    scale: scaleFromZero([withReserved, cap]),
    labels: dayLabels(summary),
    layers: [
      ...(isReserved
        ? ([
            { kind: 'bars', colour: 'reserved', name: 'held for open orders', values: withReserved },
          ] as const)
        : []),
      { kind: 'bars', colour: 'spent', name: 'spent', values: spent },
      { kind: 'line', colour: 'cap', name: 'cap of a day', values: cap },
    ],
    hover: (span) => {
      const day = days[span];
      return day === undefined
        ? ''
        : `${dateText(day.at)}: ${usd(day.spent)} USD spent, ${percent(day.spent, caps.perDay)} of the cap of ${usd(caps.perDay)}`;
    },
  };
}

function monthPlot(summary: PeriodSummary): Plot {
  const { days, caps } = summary;
  const soFar = days.map((day) => toNumber(day.spentInMonth));
  const cap = days.map(() => toNumber(caps.perMonth));
  return {
    title: 'In the month so far',
    unit: 'USD',
    scale: scaleFromZero([soFar, cap]),
    labels: dayLabels(summary),
    layers: [
      { kind: 'area', colour: 'spent', name: 'spent since the first of the month', values: soFar },
      { kind: 'line', colour: 'cap', name: 'cap of a month', values: cap },
    ],
    hover: (span) => {
      const day = days[span];
      return day === undefined
        ? ''
        : `up to ${dateText(day.at)}: ${usd(day.spentInMonth)} USD in the month, ${percent(day.spentInMonth, caps.perMonth)} of the cap of ${usd(caps.perMonth)}`;
    },
  };
}

function dayLabels({ days }: PeriodSummary) {
  const from = days[0]?.at ?? 0;
  return timeLabels(from, from + days.length * dayMs, Math.min(mostLabels, days.length));
}
