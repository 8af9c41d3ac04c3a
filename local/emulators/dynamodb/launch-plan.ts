import { join } from 'node:path';
import { type AwsCredentials, exampleCredentials } from '../aws-endpoint.ts';
import type { EmbeddedEngine } from './engine-binary.ts';

/** How to start one engine. */
export interface LaunchPlan {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly credentials: AwsCredentials;
  /** Finds the port in the line that the engine prints once it listens. */
  readonly readyLine: RegExp;
}

interface LaunchOptions {
  readonly region: string;
  /** Folder for the database file; in memory without it. */
  readonly dataDirectory: string | undefined;
  /** A port that was free a moment ago. */
  readonly port: number;
}

/** The command line and environment of each engine. Files are named after the engine: formats differ. */
export function launchPlan(engine: EmbeddedEngine, options: LaunchOptions): LaunchPlan {
  return engine === 'extenddb' ? extendDbPlan(options) : dynoxidePlan(options);
}

/** ExtendDB checks signatures, and knows only the example keys of AWS's documentation. */
function extendDbPlan({ region, dataDirectory, port }: LaunchOptions): LaunchPlan {
  return {
    args: ['serve', '--foreground'],
    environment: {
      EXTENDDB__SERVER__PORT: String(port),
      EXTENDDB__SERVER__REGION: region,
      EXTENDDB__STORAGE__SQLITE__PATH: databasePath('extenddb', dataDirectory) ?? ':memory:',
    },
    credentials: exampleCredentials,
    readyLine: /extenddb listening on 127\.0\.0\.1:(\d+)/,
  };
}

function dynoxidePlan({ dataDirectory, port }: LaunchOptions): LaunchPlan {
  const path = databasePath('dynoxide', dataDirectory);
  return {
    args: ['--port', String(port), ...(path === undefined ? [] : ['--db-path', path])],
    environment: {},
    credentials: exampleCredentials,
    readyLine: /Dynoxide listening on http:\/\/127\.0\.0\.1:(\d+)/,
  };
}

function databasePath(engine: EmbeddedEngine, dataDirectory: string | undefined): string | undefined {
  return dataDirectory === undefined ? undefined : join(dataDirectory, `dynamodb.${engine}.sqlite`);
}
