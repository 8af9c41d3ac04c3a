/* oxlint-disable typescript/no-unsafe-assignment -- as one would write it */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import axios from 'axios';
import nacl from 'tweetnacl';

/**
 * The way in which one would write it with what the exchange's own client is made of: axios, tweetnacl and the AWS SDK as
 * they come. It records an order, signs and sends it, and records the answer; it has no budgets, no claim and no caps.
 */
const dynamoDb = new DynamoDBClient({});
const secretsManager = new SecretsManagerClient({});
const exchange = axios.create({ baseURL: process.env['EXCHANGE_URL'] ?? '', validateStatus: () => true });
const TableName = process.env['TABLE_NAME'] ?? '';
const SecretId = process.env['SIGNING_KEY_SECRET_ARN'] ?? '';
const path = `${process.env['EXCHANGE_PATH_PREFIX'] ?? ''}/orders`;
const marketId = 'market_788dcbd5-ac68-4c61-acf1-4443beaf2a1c';

interface Signer {
  readonly secretKey: Uint8Array;
  readonly fingerprint: string;
}

let signer: Promise<Signer> | undefined;

async function loadSigner(): Promise<Signer> {
  const { SecretString = '{}' } = await secretsManager.send(new GetSecretValueCommand({ SecretId }));
  const { privateKey, fingerprint }: { privateKey: string; fingerprint: string } = JSON.parse(SecretString);
  const { secretKey } = nacl.sign.keyPair.fromSeed(new Uint8Array(Buffer.from(privateKey, 'base64')));
  return { secretKey, fingerprint };
}

export const handler = async (event: { readonly body: string }): Promise<{ statusCode: number }> => {
  const order: { quantity: number; price: string } = JSON.parse(event.body);
  const orderId = randomUUID();
  signer ??= loadSigner();
  const { secretKey, fingerprint } = await signer;
  const key = { pk: { S: `ORDER#official-${orderId}` }, sk: { S: 'v0' } };
  await dynamoDb.send(
    new PutItemCommand({
      TableName,
      Item: {
        ...key,
        quantity: { N: String(order.quantity) },
        price: { S: order.price },
        state: { S: 'SENT' },
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
  const body = JSON.stringify({
    market_id: marketId,
    side: 'buy',
    type: 'limit',
    quantity: order.quantity,
    price: order.price,
    time_in_force: 'gtc',
    client_order_id: orderId,
  });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = nacl.sign.detached(Buffer.from(`${timestamp}POST${path}${body}`), secretKey);
  const { status } = await exchange.post(path, body, {
    headers: {
      'content-type': 'application/json',
      'x-thegrid-signature': Buffer.from(signature).toString('base64'),
      'x-thegrid-timestamp': timestamp,
      'x-thegrid-fingerprint': fingerprint,
    },
  });
  await dynamoDb.send(
    new UpdateItemCommand({
      TableName,
      Key: key,
      UpdateExpression: 'SET #state = :state',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': { S: status === 201 ? 'OPEN' : 'REJECTED' } },
    }),
  );
  return { statusCode: status };
};
