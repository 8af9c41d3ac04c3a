import type { SettingsStoreTools } from '../../shared/store/settings-store.ts';
import { planChange } from './plan-change.ts';
import { type ChangeTerms, type WrittenChange, writePlanned } from './write-planned.ts';

/**
 * Lets orders be bought, as an administrator does: the mode becomes LIVE, and the breaker is closed if the terms say so.
 *
 * @returns undefined if it was so already, and nothing was written
 * @throws ChangeError if what is set cannot be understood
 * @throws StoreUnavailableError
 */
export async function goLive(
  tools: SettingsStoreTools,
  terms: ChangeTerms,
): Promise<WrittenChange | undefined> {
  const plan = await planChange(tools, { verb: 'mode', mode: 'LIVE' });
  const isBreakerInTheWay = terms.closesBreaker === true && plan.found.breaker !== undefined;
  const isDone = plan.differences.length === 0 && !isBreakerInTheWay;
  return isDone ? undefined : writePlanned(tools, plan, terms);
}
