import { randomUUID } from 'node:crypto';
import { type Environment, readBuyingSettings } from '../configuration/environment.ts';
import { type AccountExamination, examineAccount } from '../exchange/examine-account.ts';
import { openExchange } from './exchange-access.ts';

/** Connects the examination of the account with the exchange of the stage and the key that is current. */
export async function openAccountExamination(
  environment: Environment,
): Promise<(deadline: number) => Promise<AccountExamination>> {
  const { instruments } = readBuyingSettings(environment);
  const exchangeUntil = await openExchange(environment);
  return (deadline) => examineAccount(exchangeUntil(deadline), instruments, `order_${randomUUID()}`);
}
