import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import * as v from 'valibot';

/** As esbuild writes it. */
const sourceMapSchema = v.custom<SourceMapPayload>((value) => typeof value === 'object' && value !== null);

const profileSchema = v.object({
  nodes: v.array(
    v.object({
      id: v.number(),
      callFrame: v.object({ url: v.string(), lineNumber: v.number(), columnNumber: v.number() }),
      children: v.optional(v.array(v.number()), []),
    }),
  ),
  samples: v.array(v.number()),
  timeDeltas: v.array(v.number()),
});

type Node = v.InferOutput<typeof profileSchema>['nodes'][number];

/**
 * How much of a profile's time belongs to which source file of a bundle: a function's own time, and that of whatever of Node
 * it has called. What no function of the bundle has called has no file.
 *
 * @returns shares of the busy time by source file, as the source map names it
 */
export function sharesBySource(
  profileFile: string,
  bundleFile: string,
): ReadonlyMap<string | undefined, number> {
  const profile = v.parse(profileSchema, JSON.parse(readFileSync(profileFile, 'utf8')));
  const payload = v.parse(sourceMapSchema, JSON.parse(readFileSync(`${bundleFile}.map`, 'utf8')));
  const sourceOf = sourcesIn(new SourceMap(payload), profile.nodes);
  const idle = new Set(profile.nodes.filter(isIdle).map(({ id }) => id));
  const times = new Map<string | undefined, number>();
  let total = 0;
  for (const [index, id] of profile.samples.entries()) {
    if (idle.has(id)) continue;
    const time = profile.timeDeltas[index] ?? 0;
    total += time;
    times.set(sourceOf(id), (times.get(sourceOf(id)) ?? 0) + time);
  }
  return new Map([...times].map(([source, time]) => [source, time / total]));
}

/** The source of a node, or of the nearest that has called it. */
function sourcesIn(map: SourceMap, nodes: readonly Node[]): (id: number) => string | undefined {
  const sources = new Map<number, string | undefined>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const visit = (node: Node, caller: string | undefined): void => {
    const own = node.callFrame.url.endsWith('/index.mjs') ? entrySource(map, node) : undefined;
    sources.set(node.id, own ?? caller);
    for (const child of node.children) {
      const called = byId.get(child);
      if (called !== undefined) visit(called, own ?? caller);
    }
  };
  const [root] = nodes;
  if (root !== undefined) visit(root, undefined);
  return (id) => sources.get(id);
}

function entrySource(map: SourceMap, { callFrame }: Node): string | undefined {
  const entry = map.findEntry(callFrame.lineNumber, callFrame.columnNumber);
  return 'originalSource' in entry ? entry.originalSource : undefined;
}

/** Nothing is called there, and it has no place in any file. */
function isIdle({ callFrame, children }: Node): boolean {
  return callFrame.url === '' && callFrame.lineNumber === -1 && children.length === 0;
}
