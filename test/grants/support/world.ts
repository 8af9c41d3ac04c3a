import { BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../../local/emulators/aws-endpoint.ts';
import type { Permissions } from '../../../local/permissions/permissions.ts';
import { ensureSigningKey } from '../../../local/service/signing-key.ts';
import type { LocalService } from '../../../local/service/start-local-service.ts';
import { putSettings } from '../../../shared/store/control-store.ts';

/** The service on a tour, with a way past its functions. */
export class World {
  readonly service: LocalService;
  readonly permissions: Permissions;
  readonly #client: DynamoDBClient;
  readonly #tableName: string;
  #keys = 0;

  constructor(service: LocalService, permissions: Permissions) {
    this.service = service;
    this.permissions = permissions;
    this.#client = new DynamoDBClient(clientOptions(service.stack.dynamoDb));
    this.#tableName = [...service.stack.tableNames.values()].join('');
  }

  /** An exchange and a table as on the first day, with buying allowed. */
  async begin(): Promise<void> {
    const { exchange, stack } = this.service;
    exchange.admin.reset();
    const [secretArn = ''] = stack.secretArns.values();
    exchange.admin.addKey({ publicKey: (await ensureSigningKey(stack.secretsManager, secretArn)).publicKey });
    exchange.admin.setUsd({ available: '100000' });
    exchange.admin.setModes({ transfer: 'off' });
    this.offer('2.00');
    await this.#emptyTable();
    const tools = { client: this.#client, tableName: this.#tableName };
    const settings = { mode: 'LIVE', limits: {}, by: 'tour', reason: 'a tour spends no money' } as const;
    await putSettings(tools, settings, Date.now());
  }

  /** What sellers ask for from now on. */
  offer(price: string): void {
    this.service.exchange.admin.setBook({ market: 'chat-prime', asks: [{ price, quantity: 500 }] });
  }

  /** An idempotency key that was not used before. */
  newKey(): string {
    this.#keys += 1;
    return `key-of-the-tour-${this.#keys}`;
  }

  /** Lets the gate of `POST /checks` open at once. */
  async forget(partitionKey: string): Promise<void> {
    await this.#remove((item) => item['pk']?.S === partitionKey);
  }

  close(): void {
    this.#client.destroy();
  }

  async #emptyTable(): Promise<void> {
    await this.#remove(() => true);
  }

  async #remove(
    wanted: (item: Readonly<Record<string, { S?: string | undefined }>>) => boolean,
  ): Promise<void> {
    const { Items = [] } = await this.#client.send(new ScanCommand({ TableName: this.#tableName }));
    const keys = Items.filter(wanted).map(({ pk, sk }) => ({
      DeleteRequest: { Key: { ...(pk === undefined ? {} : { pk }), ...(sk === undefined ? {} : { sk }) } },
    }));
    for (let from = 0; from < keys.length; from += 25) {
      const RequestItems = { [this.#tableName]: keys.slice(from, from + 25) };
      await this.#client.send(new BatchWriteItemCommand({ RequestItems }));
    }
  }
}
