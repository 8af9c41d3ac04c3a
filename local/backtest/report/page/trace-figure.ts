import { escapeText } from '../../../plots/escape-text.ts';
import { drawPlot, type Plot } from '../../../plots/plot.ts';
import { scaleAround, scaleBothWays, scaleFromZero } from '../../../plots/scale.ts';
import { toUnits } from '../../amounts.ts';
import { minutesPerDay, weekdays } from '../../calendar.ts';
import type { Run } from '../../runner/task.ts';
import type { Recording } from '../../simulate/recording.ts';
import { dayLabels } from '../day-labels.ts';

/** On the time axis. */
const mostLabels = 14;

/** USD that a price axis spans at least. */
const leastPriceRange = 0.1;

/** One run in four plots over time: use, stock, purchases and expiry, prices. Empty if it was not recorded. */
export function traceFigure(run: Run): string {
  const { recording } = run;
  if (recording === undefined) return '';
  const plots = [
    usePlot(recording),
    stockPlot(recording),
    purchasePlot(recording),
    pricePlot(recording, run),
  ];
  return `<figure><figcaption><b>${escapeText(run.policy)}</b> ${caption(run)}</figcaption>
${plots.map(drawPlot).join('\n')}</figure>`;
}

function caption({ market, figures }: Run): string {
  const { costToBound, cost, waste, avoidableOutMinutesPerDay, unservedShare } = figures;
  const parts = [
    `market ${market}`,
    cost === null ? 'nothing used' : `${cost.toFixed(3)} USD per Unit used`,
    ...(costToBound === null ? [] : [`${costToBound.toFixed(3)} of the bound`]),
    `waste ${(waste * 100).toFixed(1)} %`,
    `out ${avoidableOutMinutesPerDay.toFixed(2)} min a day`,
    `unserved ${(unservedShare * 100).toFixed(2)} %`,
  ];
  // Figures stay together with their words when the line breaks.
  return `<span>${parts.map((part) => escapeText(part).replaceAll(' ', '&nbsp;')).join(' · ')}</span>`;
}

function usePlot(recording: Recording): Plot {
  const wanted = hourly(recording, recording.demand);
  const used = hourly(recording, recording.used);
  return {
    title: 'Used',
    unit: 'Units an hour',
    scale: scaleFromZero([wanted]),
    labels: labelsOf(recording),
    layers: [
      { kind: 'area', colour: 'out', name: 'wanted, not served', values: wanted, isFaint: true },
      { kind: 'area', colour: 'used', name: 'used', values: used },
      { kind: 'marks', colour: 'out', name: 'an application was refused', values: recording.outMinutes },
    ],
    hover: (span) =>
      `${when(recording, span)}: ${amount(used[span])} of ${amount(wanted[span])} Units an hour served, ${recording.outMinutes[span]} min with refusals`,
  };
}

function stockPlot(recording: Recording): Plot {
  const most = recording.mostHeld.map(toUnits);
  const least = recording.leastHeld.map(toUnits);
  return {
    title: 'Held',
    unit: 'Units',
    scale: scaleFromZero([most]),
    labels: labelsOf(recording),
    layers: [
      { kind: 'area', colour: 'held', name: 'at most', values: most, isFaint: true },
      { kind: 'area', colour: 'held', name: 'at least', values: least },
    ],
    hover: (span) => `${when(recording, span)}: ${amount(least[span])} to ${amount(most[span])} Units held`,
  };
}

/** Purchases rise from the middle and what expires hangs below it, on one scale. */
function purchasePlot(recording: Recording): Plot {
  const bought = hourly(recording, recording.bought);
  const expired = hourly(recording, recording.expired);
  return {
    title: 'Bought, and below what expired',
    unit: 'Units an hour',
    scale: scaleBothWays(bought, expired),
    labels: labelsOf(recording),
    layers: [
      { kind: 'area', colour: 'bought', name: 'bought', values: bought },
      { kind: 'area', colour: 'expired', name: 'expired unused', values: expired.map((value) => -value) },
    ],
    hover: (span) =>
      `${when(recording, span)}: ${amount(bought[span])} Units an hour bought, ${amount(expired[span])} expired`,
  };
}

function pricePlot(recording: Recording, { highestPrice }: Run): Plot {
  const asks = recording.askSum.map((sum) => sum / recording.minutesPerSpan / 100);
  const paid = Array.from(recording.bought, (steps, span) =>
    steps === 0 ? undefined : (recording.spent[span] ?? 0) / toUnits(steps) / 100,
  );
  const isCapped = Number.isFinite(highestPrice);
  const cap = asks.map(() => highestPrice / 100);
  return {
    title: 'Price',
    unit: 'USD per Unit',
    scale: scaleAround([asks, paid, ...(isCapped ? [cap] : [])], leastPriceRange),
    labels: labelsOf(recording),
    layers: [
      ...(isCapped
        ? ([{ kind: 'line', colour: 'cap', name: 'the most it may pay', values: cap }] as const)
        : []),
      { kind: 'line', colour: 'ask', name: 'best ask', values: asks },
      { kind: 'dots', colour: 'paid', name: 'paid on average', values: paid },
    ],
    hover: (span) => {
      const price = paid[span];
      const bought = price === undefined ? 'nothing bought' : `paid ${price.toFixed(3)} USD`;
      return `${when(recording, span)}: best ask ${asks[span]?.toFixed(3)} USD, ${bought}`;
    },
  };
}

function labelsOf({ demand, minutesPerSpan }: Recording) {
  return dayLabels(0, demand.length * minutesPerSpan, mostLabels);
}

/** The beginning of a span, such as `Tue 14:00`. */
function when({ minutesPerSpan }: Recording, span: number): string {
  const minute = span * minutesPerSpan;
  const day = Math.floor(minute / minutesPerDay);
  const ofDay = minute % minutesPerDay;
  const time = [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `day ${day + 1}, ${weekdays[day % 7] ?? ''} ${time}`;
}

function hourly(recording: Recording, steps: Float64Array): Float64Array {
  return steps.map((sum) => (toUnits(sum) * 60) / recording.minutesPerSpan);
}

function amount(units = 0): string {
  return units >= 100 ? units.toFixed(0) : String(Number(units.toPrecision(3)));
}
