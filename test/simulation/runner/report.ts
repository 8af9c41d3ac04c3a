import { type FaultClass, faultClasses } from '../faults/fault-plan.ts';
import { invariants } from '../invariants/all.ts';
import type { Statistics } from '../world/statistics.ts';
import type { BatchResult, FailedRun } from './batch.ts';

export interface CampaignReport {
  readonly result: BatchResult;
  readonly firstSeed: number;
  readonly runs: number;
  readonly workers: number;
  readonly seconds: number;
}

const titles: Readonly<Record<FaultClass, string>> = {
  A: 'A within the assumptions',
  B: 'B orders admitted up to 30 min late',
  D: 'D the exchange duplicates orders',
  R: 'R the table is restored from a backup',
};
/** What can happen in each. */
const worlds: Readonly<Record<FaultClass, string>> = {
  A: 'Everything that the design assumes can happen: functions are killed and frozen, the table fails, requests and answers get lost or come late, lists are incomplete or old, refusals lie, clocks are off, somebody stops all buying.',
  B: 'As A, and orders come to be up to half an hour after they were sent.',
  D: 'As A, and the exchange makes two orders of one request.',
  R: 'As A, and at any moment the table is lost with all functions that run, and restored as it was up to a quarter of an hour before. What was on its way arrives; callers repeat their keys before, meanwhile and afterwards. An administrator does what [Restore from backup](operations/restore.md) says: the tool prepares the table and is run until it succeeds, then functions use it, and buying goes on when a check that began two minutes after the loss or later was complete and took nothing up, and no order is SUBMITTED. Orders are always shown with their client order ids, which alone tell what a restored table does not know. There are no transfers and no reservations: a restore does not bring them back.',
};
const columns: readonly (readonly [string, (statistics: Statistics) => string])[] = [
  ['Runs', ({ runs }) => count(runs)],
  ['Virtual days', ({ virtualMs }) => count(virtualMs / 86_400_000)],
  ['Orders', ({ records }) => count(records)],
  ['POSTs', ({ posts }) => count(posts)],
  ['Unknown outcomes', ({ unknownOutcomes }) => count(unknownOutcomes)],
  ['Kills', ({ kills, timeOuts }) => count(kills + timeOuts)],
  ['Freezes', ({ freezes }) => count(freezes)],
  ['Store outages', ({ storeOutages }) => count(storeOutages)],
  ['Abandoned', ({ abandoned }) => count(abandoned)],
  ['Late sightings', ({ lateSightings }) => count(lateSightings)],
  ['Overruns', ({ overruns }) => count(overruns)],
  ['Breaker openings', ({ breakerOpenings }) => count(breakerOpenings)],
  ['Transfers sent', ({ transferPosts }) => count(transferPosts)],
  ['Twins (noticed)', ({ twins, twinsDetected }) => `${count(twins)} (${count(twinsDetected)})`],
  ['Restores', ({ restores }) => count(restores)],
  ['Perhaps sent then', ({ perhapsSent }) => count(perhapsSent)],
  ['Taken up', ({ adopted }) => count(adopted)],
  ['Sent again, not there', ({ sentAgain }) => count(sentAgain)],
  [
    'Replayed after (taken up)',
    ({ replayedAfterRestore, adoptedReplayed }) =>
      `${count(replayedAfterRestore)} (${count(adoptedReplayed)})`,
  ],
];

/** How to see a failed run again, event by event. */
export function replayCommand({ seed, faultClass }: FailedRun): string {
  return `npm run simulate -- --seed ${seed} --class ${faultClass} --runs 1 --trace`;
}

/** A line for the end of a campaign. */
export function rateOf({ runs, seconds, workers }: CampaignReport): string {
  return `${count(runs)} runs in ${seconds.toFixed(1)} s: ${(runs / seconds).toFixed(0)} runs/s on ${workers} threads`;
}

/** What was injected, by class: the rows of a markdown table. */
export function tableOf({ result }: CampaignReport): string {
  const rows = faultClasses
    .filter((name) => result.statistics[name].runs > 0)
    .map((name) => {
      const failed = result.failed.filter((run) => run.faultClass === name).length;
      const cells = columns.map(([, cell]) => cell(result.statistics[name]));
      return `| ${[titles[name], ...cells, count(failed)].join(' | ')} |`;
    });
  const heads = ['Class', ...columns.map(([head]) => head), 'Violations'];
  return [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`, ...rows].join('\n');
}

/** The whole campaign as a markdown document. */
export function markdownOf(report: CampaignReport): string {
  const { result, firstSeed, runs } = report;
  const rules = invariants.map(({ number, sentence }) => `- **${number}** ${sentence}`);
  const failures = result.failed.map(
    (run) => `- ${run.violation.invariant}: ${run.violation.finding}. \`${replayCommand(run)}\``,
  );
  return [
    '# Simulation campaign',
    '',
    `Seeds ${firstSeed} to ${firstSeed + runs - 1}. ${rateOf(report)}.`,
    '',
    tableOf(report),
    '',
    '## Classes',
    '',
    ...faultClasses.map((name) => `- **${name}** ${worlds[name]}`),
    '',
    '## Rules checked after every event',
    '',
    ...rules,
    '',
    '## Violations',
    '',
    ...(failures.length === 0 ? ['None.'] : failures),
    '',
  ].join('\n');
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}
