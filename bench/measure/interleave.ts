/**
 * Runs variants in turn, round by round, so that whatever else the machine does meets all of them alike. Every round
 * begins with another one.
 *
 * @param onRun is told before each run
 * @returns the results of each variant, one a round
 */
export async function interleave<Name extends string, Result>(
  variants: Readonly<Record<Name, () => Promise<Result>>>,
  rounds: number,
  onRun: (name: Name, round: number) => void = () => {},
): Promise<Record<Name, Result[]>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a record has exactly these keys
  const names = Object.keys(variants) as Name[];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each name
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round += 1) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      onRun(name, round);
      results[name].push(await variants[name]());
    }
  }
  return results;
}
