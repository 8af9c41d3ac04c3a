import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as v from 'valibot';
import { deriveKeyPair, generateKeyPair, type KeyPair } from '../../shared/signing/key-pair.ts';
import { type AwsEndpoint, clientOptions } from '../emulators/aws-endpoint.ts';

const storedKey = v.object({ privateKey: v.string() });

/** Makes a key pair and stores it as an operator does; a key that is there already is kept. */
export async function ensureSigningKey(server: AwsEndpoint, secretArn: string): Promise<KeyPair> {
  const client = new SecretsManagerClient(clientOptions(server));
  try {
    const present = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return deriveKeyPair(v.parse(storedKey, JSON.parse(present.SecretString ?? '{}')).privateKey);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    const keyPair = generateKeyPair();
    const SecretString = JSON.stringify({ privateKey: keyPair.privateKey, fingerprint: keyPair.fingerprint });
    await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
    return keyPair;
  } finally {
    client.destroy();
  }
}
