import { userInfo } from 'node:os';
import {
  type PlannedChange,
  planChange,
  type SettingsChange,
} from '../../local/administration/plan-change.ts';
import { writePlanned } from '../../local/administration/write-planned.ts';
import { Failure } from '../failure.ts';
import { differenceView, drawDifferences } from '../screens/difference-screen.ts';
import type { Answer, Session } from '../session.ts';
import type { Target } from '../target/target.ts';
import { asAdministrator } from './administration.ts';

/** How a change is to be made. */
export interface ChangeOptions {
  /** Kept in the history. */
  readonly reason: string;
  /** Only show what would change. @default no */
  readonly dryRun?: boolean;
  /** Do not ask. */
  readonly yes: boolean;
}

/**
 * Changes the settings: shows what would change, asks, and writes it.
 *
 * @throws Failure
 */
export async function changeSettings(
  session: Session,
  change: SettingsChange,
  { reason, dryRun = false, yes }: ChangeOptions,
): Promise<Answer> {
  const target = await session.target();
  const plan = await planOn(target, change);
  if (plan.differences.length === 0) return answer(plan, 'Nothing to do: it is set so already.');
  if (dryRun) return answer(plan, 'Nothing was changed.');
  if (!yes) session.tell((look) => drawDifferences(plan, look));
  await session.confirm(`Change this on ${target.description}${soThat(plan.raises)}?`, yes);
  const version = await writeOn(target, plan, { reason });
  return answer(plan, `Changed: version ${version} is in force from the next order on.`, version);
}

/** @throws Failure */
export function planOn(target: Target, change: SettingsChange): Promise<PlannedChange> {
  return asAdministrator(target, 'The settings cannot be read', (tools) => planChange(tools, change));
}

/**
 * Writes what was planned, in the name of the user of this machine.
 *
 * @returns the version that it has become
 * @throws Failure also if somebody else was first
 */
export async function writeOn(
  target: Target,
  plan: PlannedChange,
  { reason, closesBreaker = false }: { readonly reason: string; readonly closesBreaker?: boolean },
): Promise<number> {
  const terms = { by: userInfo().username, reason, closesBreaker };
  const written = await asAdministrator(target, 'The settings cannot be changed', (tools) =>
    writePlanned(tools, plan, terms),
  );
  if (written.kind === 'written') return written.version;
  const { current } = written;
  throw new Failure('unavailable', 'Somebody else was first. Nothing was written.', {
    code: 'overtaken',
    ...(current === undefined
      ? {}
      : { why: `Version ${current.version} is by ${current.by}: ${current.reason}` }),
    todo: 'Look at what is there (grid-buyer status, grid-buyer settings get), and run it again.',
  });
}

/** What an agreement is asked for, in the words of a question. */
function soThat(raises: readonly string[]): string {
  return raises.length === 0 ? '' : `, so that more may be bought (${raises.join('; ')})`;
}

function answer(plan: PlannedChange, outcome: string, version?: number): Answer {
  const { differences, raises } = plan;
  return {
    data: {
      changed: version !== undefined,
      version: version ?? null,
      differences: differences.map(differenceView),
      raises,
    },
    text: (look) => (differences.length === 0 ? outcome : `${drawDifferences(plan, look)}\n\n${outcome}`),
  };
}
