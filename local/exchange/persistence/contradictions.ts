import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { amount } from '../decimal.ts';
import type { GivenFacts, StartFacts } from '../start-facts.ts';

const json = v.pipe(v.string(), v.parseJson());
const object = v.pipe(json, v.record(v.string(), v.unknown()));

/**
 * Names what is asked for and cannot be had, because the exchange that is to go on began otherwise. What is not
 * asked for contradicts nothing. Keys are no contradiction either: more of them can be registered at any time.
 */
export function contradictionsOf(given: GivenFacts, kept: StartFacts): readonly string[] {
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['seed', given.seed, kept.seed],
    ['USD at the start', given.usd === undefined ? undefined : amount(given.usd), amount(kept.usd)],
    ['clock', given.clock && { ...kept.clock, ...asObject(given.clock) }, kept.clock],
    ['modes', given.modes && { ...kept.modes, ...asObject(given.modes) }, kept.modes],
    ['sellers', given.sellers, kept.sellers],
  ];
  return facts
    .filter(([, asked, had]) => asked !== undefined && !isDeepStrictEqual(asJson(asked), asJson(had)))
    .map(([name]) => `it was started with another value for: ${name}.`);
}

/** Without what is named but left open. */
function asObject(value: object): Record<string, unknown> {
  return v.parse(object, JSON.stringify(value));
}

/** As it comes back from a file, so that both sides are compared in one form. */
function asJson(value: unknown): unknown {
  return v.parse(json, JSON.stringify(typeof value === 'bigint' ? value.toString() : value));
}
