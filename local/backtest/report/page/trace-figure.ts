import { toUnits } from '../../amounts.ts';
import { minutesPerDay } from '../../calendar.ts';
import type { Run } from '../../runner/task.ts';
import type { Recording } from '../../simulate/recording.ts';
import { escapeText } from './escape-text.ts';
import {
  areaPath,
  bandHeight,
  dotsPath,
  linePath,
  marksPath,
  type Scale,
  scaleFromZero,
} from './step-paths.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Beyond this, days have no room for their names. */
const mostNamedDays = 31;

/** One run in four bands over time: demand, stock, purchases and expiry, prices. Empty if it was not recorded. */
export function traceFigure(run: Run): string {
  const { recording } = run;
  if (recording === undefined) return '';
  const bands = [demandBand(recording), stockBand(recording), purchaseBand(recording), priceBand(recording)];
  return `<figure><figcaption><b>${escapeText(run.policy)}</b> ${caption(run)}</figcaption>
${bands.join('\n')}
${dayAxis(recording)}</figure>`;
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

function demandBand(recording: Recording): string {
  const perHour = hourly(recording, recording.demand);
  const scale = scaleFromZero(perHour);
  return band('Demand', `up to ${amount(scale.highest)} Units an hour`, recording, [
    path('demand', areaPath(perHour, scale)),
    path('out', marksPath(recording.outMinutes)),
  ]);
}

function stockBand(recording: Recording): string {
  const most = recording.mostHeld.map(toUnits);
  const least = recording.leastHeld.map(toUnits);
  const scale = scaleFromZero(most);
  return band('Held', `up to ${amount(scale.highest)} Units`, recording, [
    path('most', areaPath(most, scale)),
    path('held', areaPath(least, scale)),
  ]);
}

/** Purchases rise from the middle and what expires hangs below it, on one scale. */
function purchaseBand(recording: Recording): string {
  const bought = hourly(recording, recording.bought);
  const expired = hourly(recording, recording.expired);
  const { highest } = scaleFromZero(bought, expired);
  const scale: Scale = { lowest: -highest, highest };
  return band('Bought, and expired below', `up to ${amount(highest)} Units an hour`, recording, [
    path('bought', areaPath(bought, scale)),
    path(
      'expired',
      areaPath(
        expired.map((value) => -value),
        scale,
      ),
    ),
  ]);
}

function priceBand(recording: Recording): string {
  const asks = recording.askSum.map((sum) => sum / recording.minutesPerSpan / 100);
  const paid = Array.from(recording.bought, (steps, span) =>
    steps === 0 ? undefined : (recording.spent[span] ?? 0) / toUnits(steps) / 100,
  );
  const shown = [...asks, ...paid.filter((price) => price !== undefined)];
  const scale = { lowest: Math.min(...shown), highest: Math.max(...shown) };
  return band('Price', `${scale.lowest.toFixed(2)} to ${scale.highest.toFixed(2)} USD`, recording, [
    path('ask', linePath(asks, scale)),
    path('paid', dotsPath(paid, scale)),
  ]);
}

function band(name: string, range: string, recording: Recording, paths: readonly string[]): string {
  const spans = recording.demand.length;
  return `<div class="band"><p>${name}<span>${range}</span></p><svg viewBox="0 0 ${spans} ${bandHeight}" preserveAspectRatio="none" role="img" aria-label="${name}, ${range}">${paths.join('')}</svg></div>`;
}

function path(kind: string, commands: string): string {
  return commands === '' ? '' : `<path class="${kind}" d="${commands}"/>`;
}

function dayAxis(recording: Recording): string {
  const days = Math.round((recording.demand.length * recording.minutesPerSpan) / minutesPerDay);
  if (days > mostNamedDays) return '';
  const names = Array.from({ length: days }, (_, day) => `<span>${weekdays[day % 7] ?? ''}</span>`);
  return `<div class="days">${names.join('')}</div>`;
}

function hourly(recording: Recording, steps: Float64Array): Float64Array {
  return steps.map((sum) => (toUnits(sum) * 60) / recording.minutesPerSpan);
}

function amount(units: number): string {
  return units >= 100 ? units.toFixed(0) : units.toPrecision(2);
}
