import type { Policy } from './policy.ts';
import { adaptivePolicy, priceAwarePolicy, thresholdPolicy } from './production.ts';
import { type ScriptSettings, scriptBuyer } from './script.ts';

const script: ScriptSettings = { minimum: 5, quantity: 10, limit: 250, every: 1, isNetted: false };

/** In the order in which reports show them. */
export const policyNames = [
  'adaptive',
  'marketable',
  'safe',
  'thrifty',
  'threshold',
  'price-aware',
  'script-limit',
  'script-limit-5min',
  'script-market',
  'script-market-5min',
  'script-netted',
  'auto-mode',
] as const;

export type PolicyName = (typeof policyNames)[number];

export const policies: Readonly<Record<PolicyName, Policy>> = {
  adaptive: adaptivePolicy('deployed policy with its defaults: bids first, buys when stock is short'),
  marketable: adaptivePolicy('the same, always buying at the ask', { limitFirst: 0 }),
  safe: adaptivePolicy('the same with its preset for those whom a refusal hurts most', { preset: 'safe' }),
  thrifty: adaptivePolicy('the same with its preset for those whom waste hurts most', { preset: 'thrifty' }),
  threshold: thresholdPolicy,
  'price-aware': priceAwarePolicy,
  'script-limit': baseline("exchange's script, limit 5/10 @ 2.50, every minute", script),
  'script-limit-5min': baseline('the same every 5 minutes', { ...script, every: 5 }),
  'script-market': baseline("exchange's script, market 5/10, every minute", { ...script, limit: undefined }),
  'script-market-5min': baseline('the same every 5 minutes', { ...script, limit: undefined, every: 5 }),
  'script-netted': baseline('script-limit with its open orders subtracted', { ...script, isNetted: true }),
  'auto-mode': baseline('market order for 2 when fewer than 1', {
    ...script,
    minimum: 1,
    quantity: 2,
    limit: undefined,
  }),
};

function baseline(title: string, settings: ScriptSettings): Policy {
  return { title, startBuyer: () => scriptBuyer(settings) };
}
