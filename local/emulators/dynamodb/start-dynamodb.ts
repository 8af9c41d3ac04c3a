import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsEndpoint } from '../aws-endpoint.ts';
import { stopProcess } from '../process/spawn-owned.ts';
import { type EmbeddedEngine, engineBinary } from './engine-binary.ts';
import { freePort } from './free-port.ts';
import { givenEndpoint } from './given-endpoint.ts';
import { launchEngine, type RunningEngine } from './launch-engine.ts';
import { type LaunchPlan, launchPlan } from './launch-plan.ts';
import { untilAnswering } from './until-answering.ts';

export type { EmbeddedEngine } from './engine-binary.ts';

/** A running DynamoDB. Its endpoint fields can be given to a DynamoDB client as they are. */
export interface LocalDynamoDb extends AwsEndpoint {
  /** `given` is a server that the user started: it is left running on close. */
  readonly engine: EmbeddedEngine | 'given';
  /** Ends the engine. With a data directory everything acknowledged is on disk. */
  close(): Promise<void>;
}

/** How to start DynamoDB. */
export interface DynamoDbOptions {
  /** @default the environment's GRID_BUYER_DYNAMODB_ENGINE, else `extenddb` */
  readonly engine?: EmbeddedEngine | undefined;
  /** Folder for the database file. @default none: everything stays in memory */
  readonly dataDirectory?: string | undefined;
  /** @default eu-west-1 */
  readonly region?: string | undefined;
  /** Where the variables are read from. @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const attempts = 5;

/**
 * Starts a DynamoDB and resolves when it answers.
 *
 * GRID_BUYER_DYNAMODB_ENDPOINT points at a server that runs already and wins over everything else,
 * except an engine that the caller asks for by name.
 *
 * @throws when the platform has no such engine, or it does not start.
 */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<LocalDynamoDb> {
  const environment = options.environment ?? process.env;
  const region = options.region ?? 'eu-west-1';
  const given = options.engine === undefined ? givenEndpoint(region, environment) : undefined;
  if (given !== undefined) {
    await untilAnswering(given);
    return { ...given, engine: 'given', close: async () => {} };
  }
  return startEmbedded(options.engine ?? chosenEngine(environment), region, options.dataDirectory);
}

function chosenEngine(environment: Readonly<Record<string, string | undefined>>): EmbeddedEngine {
  const name = environment['GRID_BUYER_DYNAMODB_ENGINE'];
  if (name === undefined || name === '' || name === 'extenddb') return 'extenddb';
  if (name === 'dynoxide') return 'dynoxide';
  throw new Error(`GRID_BUYER_DYNAMODB_ENGINE is "${name}"; it can be extenddb or dynoxide.`);
}

async function startEmbedded(
  engine: EmbeddedEngine,
  region: string,
  dataDirectory: string | undefined,
): Promise<LocalDynamoDb> {
  const binary = engineBinary(engine);
  if (dataDirectory !== undefined) await mkdir(dataDirectory, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'grid-buyer-dynamodb-'));
  const removeScratch = (): Promise<void> => rm(scratch, { recursive: true, force: true });
  try {
    const makePlan = (port: number): LaunchPlan => launchPlan(engine, { region, dataDirectory, port });
    const running = await launchOnFreePort(binary, makePlan, scratch);
    const { credentials } = makePlan(running.port);
    const server: AwsEndpoint = { endpoint: `http://127.0.0.1:${running.port}`, region, credentials };
    // Only a file needs time to be closed well.
    const patienceMs = dataDirectory === undefined ? 0 : 3000;
    const close = async (): Promise<void> => {
      await stopProcess(running.process, patienceMs);
      await removeScratch();
    };
    await untilAnswering(server).catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { ...server, engine, close };
  } catch (error) {
    await removeScratch();
    throw error;
  }
}

/** The engines want a port number, so there is a moment in which another program can take it. */
async function launchOnFreePort(
  binary: string,
  makePlan: (port: number) => LaunchPlan,
  scratch: string,
): Promise<RunningEngine> {
  for (let attempt = 1; ; attempt += 1) {
    const plan = makePlan(await freePort());
    try {
      return await launchEngine(binary, plan, scratch);
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}
