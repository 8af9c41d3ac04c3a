import * as v from 'valibot';
import { type Deployment, deploymentSchema } from '../settings/deployment.ts';
import { itemKey } from './item.ts';
import { parseJson } from './json-attribute.ts';
import { partitions } from './partitions.ts';
import { readItem, type TableTools } from './read-item.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';

const deploymentKey = itemKey(partitions.deployment);

/**
 * Notes what is deployed, if something else is noted, for administrators to set within.
 *
 * @throws StoreUnavailableError
 */
export async function noteDeployment(
  tools: TableTools & TransactionTools,
  deployment: Deployment,
): Promise<void> {
  const text = JSON.stringify(deployment);
  if ((await readItem(tools, deploymentKey))?.['deployment']?.S === text) return;
  const Item = { ...deploymentKey, deployment: { S: text } };
  await writeTogether(tools, [{ Put: { TableName: tools.tableName, Item } }]);
}

/**
 * What was noted of the deployment; undefined if nothing was, or nothing that can be understood.
 *
 * @throws StoreUnavailableError
 */
export async function readDeployment(tools: TableTools): Promise<Deployment | undefined> {
  const item = await readItem(tools, deploymentKey);
  const parsed = v.safeParse(deploymentSchema, parseJson(item?.['deployment']?.S));
  return parsed.success ? parsed.output : undefined;
}
