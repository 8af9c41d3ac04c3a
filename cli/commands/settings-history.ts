import * as v from 'valibot';
import { type HistoryEntry, readHistoryEntries } from '../../local/administration/settings-history.ts';
import { asAdministrator } from '../control/administration.ts';
import { countText, readInput } from '../input/read-input.ts';
import type { Look } from '../output/look.ts';
import { fullTime } from '../output/times.ts';
import { differenceTable, differenceView } from '../screens/difference-screen.ts';
import type { CommandRun } from '../session.ts';

const schema = v.object({ limit: countText(1, 1_000) });

/** Who has changed what, when and why, newest first. */
export const run: CommandRun = async (session, input) => {
  const { limit } = readInput(input, [], schema);
  const target = await session.target();
  const entries = await asAdministrator(target, 'The history cannot be read', (tools) =>
    readHistoryEntries(tools, limit),
  );
  return { data: { versions: entries.map(view) }, text: (look) => draw(entries, look) };
};

function view({ version: kept, differences }: HistoryEntry): object {
  const { version, by, at, reason, settings, problems } = kept;
  return {
    version,
    at: new Date(at).toISOString(),
    by,
    reason,
    mode: settings?.mode ?? null,
    differences: differences.map(differenceView),
    problems,
  };
}

function draw(entries: readonly HistoryEntry[], look: Look): string {
  if (entries.length === 0) return 'Nothing was set yet.';
  return entries.map((entry) => drawEntry(entry, look)).join('\n\n');
}

function drawEntry({ version: kept, differences }: HistoryEntry, look: Look): string {
  const { version, by, at, reason, problems } = kept;
  const { paint } = look;
  const name = version === 0 ? 'Without a version' : `Version ${version}`;
  const when = paint.dim(`${fullTime(look, new Date(at).toISOString())}, by ${by}`);
  return [
    `${paint.bold(name)}  ${when}`,
    reason,
    ...problems.map((problem) => paint.red(`cannot be understood: ${problem}`)),
    ...(differences.length === 0 ? [] : [differenceTable(differences, look)]),
  ].join('\n');
}
