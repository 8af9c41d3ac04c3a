import { readFileSync } from 'node:fs';
import * as v from 'valibot';

export const countsFile = 'local/cost/counts.json';

const count = v.pipe(v.number(), v.minValue(0));

const workSchema = v.strictObject({
  /** How often it was done; the others are sums over all of them. */
  runs: v.pipe(v.number(), v.integer(), v.minValue(1)),
  readUnits: count,
  writeUnits: count,
  tableRequests: count,
  exchangeRequests: count,
  logLines: count,
  logBytes: count,
  milliseconds: count,
});

/** What was counted of one kind of work. */
export type Work = v.InferOutput<typeof workSchema>;

const countsSchema = v.strictObject({
  /** Work by kind, see `measure.ts`. */
  work: v.strictObject({
    check: workSchema,
    place: workSchema,
    look: workSchema,
    settle: workSchema,
    watch: workSchema,
  }),
  /** Of the check: the part of its log that are metrics. */
  metricLines: v.strictObject({ runs: count, logLines: count, logBytes: count }),
  /** Metrics with their dimensions. */
  metrics: v.strictObject({ ofInstrument: count, ofStage: count, ofOrders: count }),
  /** Bytes that are stored, indexes included. */
  stored: v.strictObject({ order: count, decision: count, rest: count }),
  /** What the template has, with one instrument that is topped up. */
  template: v.strictObject({
    functions: count,
    memoryMegabytes: count,
    checkEveryMinutes: count,
    alarms: count,
    alarmMetrics: count,
    dashboards: count,
    keys: count,
    secrets: count,
  }),
});

/** Everything that is counted, and not assumed. */
export type Counts = v.InferOutput<typeof countsSchema>;

export function readCounts(file = countsFile): Counts {
  return v.parse(countsSchema, JSON.parse(readFileSync(file, 'utf8')));
}
