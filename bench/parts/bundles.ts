import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { bundleFunctions } from '../../infra/bundling/bundle-functions.ts';
import { sizeBudgets } from '../../infra/bundling/size-budgets.ts';
import { type FunctionName, functionNames } from '../../infra/function-names.ts';
import type { Part } from '../part.ts';
import { withTemporaryFolder } from '../processes/temporary-folder.ts';
import type { Column, Goal, PartReport, Row } from '../report/report.ts';

/** What is deployed: how much of it there is, and whose it is. */
export const bundles: Part = {
  name: 'bundles',
  title: 'what is in the bundles, and how large they are',
  run: () =>
    withTemporaryFolder(async (outputFolder) => {
      const metafile = await bundleFunctions({ functionsFolder: 'functions', outputFolder });
      return report(metafile, outputFolder);
    }),
};

interface Size {
  readonly name: FunctionName;
  readonly bytes: number;
  readonly compressed: number;
}

function report(metafile: Metafile, outputFolder: string): PartReport {
  const sizes = functionNames.map((name): Size => {
    const bundle = readFileSync(join(outputFolder, name, 'index.mjs'));
    return { name, bytes: bundle.byteLength, compressed: gzipSync(bundle).byteLength };
  });
  const tables = [
    {
      title: 'Each function',
      columns: sizeColumns,
      rows: sizes.map((size): Row => ({ ...size, budget: sizeBudgets[size.name].bytes })),
    },
    { title: 'What they are made of, bytes', columns: packageColumns, rows: packageRows(metafile) },
  ];
  return { name: bundles.name, title: 'Bundles', tables, goals: sizes.flatMap(goalsFor) };
}

/** They hold the signing key, and are waited for. */
const signing: ReadonlySet<FunctionName> = new Set([
  'place-order',
  'cancel-order',
  'check-balances',
  'check-now',
  'promote-key',
]);

function goalsFor({ name, bytes, compressed }: Size): Goal[] {
  const budget = sizeBudgets[name];
  const ofSigning = [
    { name: `${name} signs, bytes`, limit: 220_000, measured: bytes },
    { name: `${name} signs, gzipped`, limit: 75_000, measured: compressed },
  ];
  return [
    ...(signing.has(name) ? ofSigning : []),
    { name: `${name}, bytes`, limit: budget.bytes, measured: bytes },
    { name: `${name}, gzipped`, limit: budget.compressed, measured: compressed },
  ];
}

const sizeColumns: readonly Column[] = [
  { key: 'name', head: 'function', meaning: '' },
  { key: 'bytes', head: 'bytes', meaning: '' },
  { key: 'compressed', head: 'gzipped', meaning: 'bytes, as they are uploaded' },
  { key: 'budget', head: 'budget', meaning: 'bytes that the tests allow' },
];

/** The functions whose contents are shown: the one that buys, the one that checks, and one that only reads. */
const shown = ['place-order', 'check-balances', 'read-orders'] as const satisfies readonly FunctionName[];

const packageColumns: readonly Column[] = [
  { key: 'name', head: 'package or folder', meaning: '' },
  ...shown.map((name) => ({ key: name, head: name, meaning: '' })),
];

function packageRows({ outputs }: Metafile): Row[] {
  const byPackage = new Map<string, Record<string, number>>();
  for (const [output, { inputs }] of Object.entries(outputs)) {
    const name = shown.find((one) => one === basename(dirname(output)));
    if (name === undefined) continue;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const row = byPackage.get(packageOf(input)) ?? {};
      row[name] = (row[name] ?? 0) + bytesInOutput;
      byPackage.set(packageOf(input), row);
    }
  }
  return [...byPackage]
    .filter(([, row]) => largestIn(row) > 0)
    .toSorted(([, one], [, other]) => largestIn(other) - largestIn(one))
    .map(([name, row]) => ({ name, ...row }));
}

function largestIn(row: Readonly<Record<string, number>>): number {
  return Math.max(0, ...Object.values(row));
}

/** The package that a file is of, or its room in this repository. */
function packageOf(input: string): string {
  const [, installed] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input) ?? [];
  return installed ?? input.split('/').slice(0, 2).join('/');
}
