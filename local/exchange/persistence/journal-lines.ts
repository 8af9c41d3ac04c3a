import * as v from 'valibot';
import { parseAmount } from '../decimal.ts';
import { ENDPOINTS } from '../faults/fault-schema.ts';
import { CHANGES } from './input.ts';

/**
 * Raise it when a line changes its shape, and when the same inputs no longer lead to the same orders, trades and
 * ids: a journal is only as good as its repetition.
 */
export const VERSION = 1;

const moment = v.pipe(v.number(), v.safeInteger());

const clockSetting = v.variant('mode', [
  v.strictObject({ mode: v.literal('real') }),
  v.strictObject({ mode: v.literal('accelerated'), factor: v.number() }),
  v.strictObject({ mode: v.literal('stepped'), startAt: v.optional(v.string()) }),
]);

const clockState = v.strictObject({ setting: clockSetting, market: moment, wall: moment });

/** The first line: what the exchange started from, and when. */
export const headerSchema = v.strictObject({
  version: v.literal(VERSION),
  start: v.strictObject({
    seed: v.pipe(v.number(), v.safeInteger()),
    usd: v.pipe(
      v.string(),
      v.check((text) => parseAmount(text) !== undefined, 'must be an amount'),
    ),
    clock: clockSetting,
    modes: v.record(v.string(), v.unknown()),
    sellers: v.boolean(),
    publicKeys: v.array(v.string()),
  }),
  /** The seed of this run: a reset may choose another than that of the start. */
  seed: v.pipe(v.number(), v.safeInteger()),
  /** Market time at the start. */
  at: moment,
  clock: clockState,
});

export type Header = v.InferOutput<typeof headerSchema>;

const common = {
  /** Market time of the input. */
  at: moment,
  /** What the exchange looked like just before it: the proof that a repetition went the same way. */
  before: v.string(),
};

/** Every further line: one input. */
export const entrySchema = v.variant('kind', [
  v.strictObject({
    ...common,
    kind: v.literal('request'),
    endpoint: v.picklist(ENDPOINTS),
    id: v.string(),
    query: v.string(),
    contentType: v.nullable(v.string()),
    body: v.string(),
    due: v.nullable(moment),
  }),
  v.strictObject({
    ...common,
    kind: v.literal('admin'),
    operation: v.picklist(CHANGES),
    input: v.optional(v.unknown()),
  }),
  v.strictObject({ ...common, kind: v.literal('clock'), clock: clockState }),
]);

export type Entry = v.InferOutput<typeof entrySchema>;
