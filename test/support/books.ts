import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../../local/emulators/aws-endpoint.ts';
import type { LocalStack } from '../../local/runner/local-stack.ts';
import type { Order } from '../../shared/orders/order.ts';
import { budgetFromItem } from '../../shared/store/budget-items.ts';
import { orderFromItem } from '../../shared/store/order-item.ts';

type StoredBudget = NonNullable<ReturnType<typeof budgetFromItem>>;

/** Everything that a stack's table says of orders and money. */
export interface Books {
  readonly orders: readonly Order[];
  /** By partition key. */
  readonly budgets: ReadonlyMap<string, StoredBudget>;
}

/** Reads the whole table. */
export async function readBooks(stack: Pick<LocalStack, 'dynamoDb' | 'tableNames'>): Promise<Books> {
  const client = new DynamoDBClient(clientOptions(stack.dynamoDb));
  const [TableName = ''] = stack.tableNames.values();
  const orders: Order[] = [];
  const budgets = new Map<string, StoredBudget>();
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    for (const item of page.Items ?? []) {
      const partition = item['pk']?.S ?? '';
      const budget = partition.startsWith('BUDGET#') ? budgetFromItem(item) : undefined;
      if (budget !== undefined) budgets.set(partition, budget);
      if (partition.startsWith('ORDER#') && item['sk']?.S === 'v0') orders.push(orderFromItem(item));
    }
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  client.destroy();
  return { orders, budgets };
}

/** What orders have reserved, or spent, together. */
export function moneyOf(orders: readonly Order[], part: 'reserved' | 'spent'): bigint {
  return orders.reduce((sum, order) => sum + order[part], 0n);
}

/** The orders that are charged to a budget. @param partition its partition key */
export function chargedTo(partition: string, { orders }: Books): readonly Order[] {
  const period = partition.slice('BUDGET#'.length);
  return orders.filter(({ budgetDay, budgetMonth }) => budgetDay === period || budgetMonth === period);
}
