import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import { createApiClient } from '../../local/service/api-client.ts';
import { orderAnswer, orderListAnswer } from '../support/answers.ts';
import { type RunningProgram, startProgram } from '../support/run-program.ts';

const up = v.object({
  api: v.string(),
  region: v.string(),
  caller: v.object({ accessKeyId: v.string(), secretAccessKey: v.string(), userArn: v.string() }),
  admin: v.string(),
});
const truthAnswer = v.object({
  conserved: v.boolean(),
  orders: v.object({
    accepted: v.number(),
    byClientId: v.record(v.string(), v.array(v.string())),
    duplicates: v.record(v.string(), v.unknown()),
  }),
});

const order = { market: 'chat-prime', type: 'limit', quantity: 1, price: '2.50' };
/** Orders that are asked for side by side, each until it is answered, over as many crashes as that takes. */
const keysPerRound = 6;

export interface CrashResult {
  readonly rounds: number;
  /** Orders that the exchange has taken. */
  readonly accepted: number;
  /** What does not agree; empty if all does. */
  readonly problems: readonly string[];
}

/**
 * Buys through the local stack, kills it with SIGKILL at a random moment, starts it again on its data, and asks for
 * the same orders again: so many times. Then compares the exchange's ledger with the records.
 *
 * @param random a number in [0, 1)
 */
export async function runCrashRounds(
  rounds: number,
  assemblyDirectory: string,
  random: () => number,
  report: (round: number) => void = () => undefined,
): Promise<CrashResult> {
  const folder = mkdtempSync(join(tmpdir(), 'grid-buyer-crash-'));
  const orderOfKey = new Map<string, string>();
  const problems: string[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      const service = await start(assemblyDirectory, folder);
      const buying = Array.from({ length: keysPerRound }, (_, index) =>
        ask(service, `crash-order-key-${round - (index % 2)}-${index}`, orderOfKey, problems),
      );
      await pause(200 + random() * Math.max(1_500, service.startMs));
      await kill(service.program);
      await Promise.all(buying);
      report(round + 1);
    }
    const service = await start(assemblyDirectory, folder);
    const accepted = await compare(service, orderOfKey, problems);
    await kill(service.program);
    return { rounds, accepted, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Service {
  /** How long it took to come up: as long as that something may take on a busy machine. ms */
  readonly startMs: number;
  readonly program: RunningProgram;
  readonly client: ReturnType<typeof createApiClient>;
  readonly admin: string;
}

async function start(assemblyDirectory: string, folder: string): Promise<Service> {
  const startedAt = performance.now();
  const program = startProgram('test/crash/service.ts', [assemblyDirectory, folder]);
  const { api, region, caller, admin } = v.parse(up, JSON.parse(await program.until(/\n/)));
  const startMs = performance.now() - startedAt;
  return { program, client: createApiClient(api, region, caller), admin, startMs };
}

async function kill(program: RunningProgram): Promise<void> {
  program.child.kill('SIGKILL');
  await program.result;
}

/** One request; no answer is one of the things that can come of it. */
async function ask(
  service: Service,
  key: string,
  orderOfKey: Map<string, string>,
  problems: string[],
): Promise<void> {
  const answer = await service.client.placeOrder(key, order).catch(() => undefined);
  const { success, output } = v.safeParse(orderAnswer, answer?.body);
  if (!success) return;
  if ((orderOfKey.get(key) ?? output.id) !== output.id) problems.push(`${key} is two orders`);
  orderOfKey.set(key, output.id);
}

/** Waits until every order that the exchange has is settled, then compares. */
async function compare(
  service: Service,
  orderOfKey: ReadonlyMap<string, string>,
  problems: string[],
): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const truth = v.parse(truthAnswer, await (await fetch(`${service.admin}/truth`)).json());
    const differences = await differencesFrom(service, truth.orders.byClientId);
    if (differences.length > 0 && attempt < 50) {
      await pause(200);
      continue;
    }
    problems.push(...differences);
    if (!truth.conserved) problems.push('USD or Units appeared or vanished');
    for (const id of Object.keys(truth.orders.duplicates)) problems.push(`${id} was bought twice`);
    const bought = new Set(Object.keys(truth.orders.byClientId));
    if (![...orderOfKey.values()].some((id) => bought.has(id))) problems.push('nothing was bought at all');
    return truth.orders.accepted;
  }
}

async function differencesFrom(
  service: Service,
  byClientId: Readonly<Record<string, readonly string[]>>,
): Promise<string[]> {
  const differences: string[] = [];
  for (const [id, exchangeIds] of Object.entries(byClientId)) {
    const { body, status } = await service.client.get(`/orders/${id}`);
    const record = v.safeParse(orderAnswer, body);
    if (!record.success) differences.push(`${id} has no record (${status})`);
    else if (record.output.exchangeOrderId !== exchangeIds[0])
      differences.push(`${id} is recorded as ${record.output.state}, under another id`);
  }
  const { body } = await service.client.get('/orders?limit=100');
  for (const { id, exchangeOrderId } of v.parse(orderListAnswer, body).orders) {
    if (exchangeOrderId !== null && byClientId[id] === undefined)
      differences.push(`${id} is not at the exchange`);
  }
  return differences;
}
