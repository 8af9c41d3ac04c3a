import { idField, textField } from '../../shared/exchange/fields.ts';
import { BudgetError } from './budget.ts';
import { isSuccess, type RawClient, rowsOf } from './raw-client.ts';
import type { DialectSettings, Finding, Laboratory, Step } from './step.ts';

/** What a test has found. */
export interface StepResult {
  readonly step: string;
  readonly findings: readonly Finding[];
}

export interface RunTools extends Laboratory {
  readonly say: (line: string) => void;
  /** Whether somebody wants it to end. */
  readonly isStopped: () => boolean;
}

/** Runs the tests one after the other, and cancels in the end whatever they have left open, however they end. */
export async function runSteps(steps: readonly Step[], tools: RunTools): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  try {
    for (const step of steps) {
      if (tools.isStopped()) break;
      tools.say(`\n${step.name}: ${step.does}`);
      const findings = await run(step, tools);
      for (const { question, answer, isFine } of findings) {
        tools.say(`  ${isFine ? ' ' : '!'} ${question} ${answer}`);
      }
      results.push({ step: step.name, findings });
    }
  } finally {
    await cancelAll(tools);
  }
  return results;
}

/** A test that cannot go on must not keep the others from it. What was read is not told: it may be anything. */
async function run(step: Step, tools: Laboratory): Promise<readonly Finding[]> {
  try {
    return await step.run(tools);
  } catch (error) {
    const answer =
      error instanceof BudgetError ? error.message : error instanceof Error ? error.name : 'unknown';
    return [{ question: 'Did the test come to its end?', answer: `no: ${answer}`, isFine: false }];
  }
}

/** Orders that are over by now refuse it, which is as good. */
async function cancelAll({ client, say }: RunTools): Promise<void> {
  let cancelled = 0;
  await findUnanswered(client);
  for (const id of client.placed) cancelled += isSuccess(await client.cancel(id)) ? 1 : 0;
  say(`\n${client.placed.size} orders were taken; ${cancelled} that still rested were cancelled.`);
}

/** An order whose answer was lost may rest all the same: the list names it, where it shows client order ids. */
async function findUnanswered(client: RawClient): Promise<void> {
  const rows = rowsOf(await client.get('orders', 'order_direction=desc&limit=100'));
  for (const row of rows) {
    const id = idField(row, 'order_id', 'id');
    if (id !== undefined && client.sent.has(textField(row, 'client_order_id') ?? '')) client.placed.add(id);
  }
}

/** The settings that follow from the answers; the later answer counts. */
export function dialectOf(results: readonly StepResult[]): DialectSettings {
  const settings: DialectSettings = {};
  for (const { findings } of results) {
    for (const { dialect } of findings) Object.assign(settings, dialect);
  }
  return settings;
}
