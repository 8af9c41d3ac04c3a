import { BatchWriteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientOptions } from '../../../local/emulators/aws-endpoint.ts';
import type { PermissionControl } from '../../../local/permissions/connect-with-permissions.ts';
import type { Permissions } from '../../../local/permissions/permissions.ts';
import { ensureSigningKey } from '../../../local/service/signing-key.ts';
import type { LocalService } from '../../../local/service/start-local-service.ts';
import { keyStages } from '../../../shared/configuration/key-stages.ts';
import type { KeyAction } from '../../../shared/keys/manage-keys.ts';
import { generateKeyPair } from '../../../shared/signing/key-pair.ts';
import { administer } from '../../support/administrator.ts';

/** The service on a tour, with a way past its functions. */
export class World {
  readonly service: LocalService;
  readonly permissions: Permissions;
  readonly #client: DynamoDBClient;
  readonly #administrator: DynamoDBClient;
  readonly #tableName: string;
  #keys = 0;

  constructor(service: LocalService, { permissions, dynamoDbAs }: PermissionControl) {
    this.service = service;
    this.permissions = permissions;
    const administrator = [...permissions.policies.roles.keys()].find((arn) =>
      arn.includes('AdministratorRole'),
    );
    this.#administrator = new DynamoDBClient(clientOptions(dynamoDbAs(administrator ?? '')));
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
    await administer(tools, { mode: 'LIVE' });
  }

  /** The table as an administrator sees it. */
  get control(): { readonly client: DynamoDBClient; readonly tableName: string } {
    return { client: this.#administrator, tableName: this.#tableName };
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

  /** A second key in the secret that the exchange knows: a rotation that has begun. */
  async storePendingKey(): Promise<void> {
    const { stack, exchange } = this.service;
    const { publicKey, ...keyPair } = generateKeyPair();
    const client = new SecretsManagerClient(clientOptions(stack.secretsManager));
    const [SecretId = ''] = stack.secretArns.values();
    await client.send(
      new PutSecretValueCommand({
        SecretId,
        SecretString: JSON.stringify(keyPair),
        VersionStages: [keyStages.pending],
      }),
    );
    client.destroy();
    exchange.admin.addKey({ publicKey });
  }

  /** What a person asks of the function that changes keys. */
  async changeKeys(action: KeyAction | 'examine'): Promise<void> {
    const { stack } = this.service;
    const name = stack.functions.find(({ logicalId }) => logicalId.startsWith('PromoteKey'))?.name;
    await stack.invoke(name ?? '', { action });
  }

  close(): void {
    this.#client.destroy();
    this.#administrator.destroy();
  }

  async #emptyTable(): Promise<void> {
    const { Items = [] } = await this.#client.send(new ScanCommand({ TableName: this.#tableName }));
    const keys = Items.map(({ pk, sk }) => ({
      DeleteRequest: { Key: { ...(pk === undefined ? {} : { pk }), ...(sk === undefined ? {} : { sk }) } },
    }));
    for (let from = 0; from < keys.length; from += 25) {
      const RequestItems = { [this.#tableName]: keys.slice(from, from + 25) };
      await this.#client.send(new BatchWriteItemCommand({ RequestItems }));
    }
  }
}
