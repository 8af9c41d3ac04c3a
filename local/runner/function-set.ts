import type { PlatformAccess } from './access/platform-access.ts';
import type { FunctionConnection } from './function-connector.ts';
import type { FunctionDescription } from './lambda/function-description.ts';
import { FunctionPool } from './lambda/function-pool.ts';
import type { InvocationResult } from './lambda/invocation-result.ts';
import type { StackOptions } from './stack-options.ts';

/** All functions of a stack. */
export class FunctionSet {
  readonly #pools: readonly FunctionPool[];

  constructor(
    functions: readonly FunctionDescription[],
    region: string,
    connection: FunctionConnection,
    access: PlatformAccess,
    options: StackOptions,
  ) {
    this.#pools = functions.map((description) =>
      createPool(description, region, connection, access, options),
    );
  }

  /** @throws when there is no such function */
  invoke(idOrName: string, payload: unknown): Promise<InvocationResult> {
    return this.#pool(idOrName).invoke(payload);
  }

  /** @throws when there is no such function */
  recycle(idOrName: string): Promise<void> {
    return this.#pool(idOrName).recycle();
  }

  #pool(idOrName: string): FunctionPool {
    const pool = this.#pools.find(({ description }) =>
      [description.logicalId, description.name].includes(idOrName),
    );
    if (pool !== undefined) return pool;
    const known = this.#pools.map(({ description }) => description.logicalId).join(', ');
    throw new Error(`There is no function ${idOrName}; there are: ${known}.`);
  }

  async warm(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.warm()));
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }
}

function createPool(
  description: FunctionDescription,
  region: string,
  connection: FunctionConnection,
  access: PlatformAccess,
  { environment = {}, freeze = true, time, onLog, onEvent }: StackOptions,
): FunctionPool {
  return new FunctionPool(
    description,
    {
      region,
      access: connection.accessOf(description),
      overrides: typeof environment === 'function' ? environment(description) : environment,
      freeze,
      time,
      onLine: (line) => {
        if (access.mayWriteLog(description)) onLog?.(description, line);
      },
    },
    {
      started: (requestId) => {
        // Lambda itself logs that it starts, so that the right is needed also by a function that logs nothing.
        access.mayWriteLog(description);
        onEvent?.({ type: 'invocation-started', function: description, requestId });
      },
      finished: (result) => onEvent?.({ type: 'invocation-finished', function: description, result }),
    },
  );
}
