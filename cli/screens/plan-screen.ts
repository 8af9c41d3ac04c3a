import type { BuyPlan } from '../buy/plan.ts';
import { usd } from '../output/amounts.ts';
import type { Look } from '../output/look.ts';
import { fields } from '../output/text.ts';

/** What an order would be, and whether it would be sent. */
export function drawPlan(plan: BuyPlan, { columns, paint }: Look): string {
  const verdict =
    plan.obstacles.length === 0
      ? `${paint.green('✓')} It would be sent. Nothing was.`
      : [`${paint.red('✗')} It would be refused:`, ...plan.obstacles.map((one) => `  - ${one}`)].join('\n');
  const facts = fields(
    [
      ['Would send', `POST /orders ${JSON.stringify(plan.request)}`],
      ['Costs at most', `${usd(plan.costAtMost)}, the allowance for fees included`],
      ['Left before it', `${usd(plan.leftToday)} today, ${usd(plan.leftThisMonth)} this month`],
    ],
    columns,
    paint.dim,
  );
  return `${facts}\n\n${verdict}`;
}
