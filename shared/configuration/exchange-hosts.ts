/** Hosts that a signature may be sent to. Anything else is a mistake or an attack. */
export const exchangeHosts = new Set<string>([
  'trading.api.thegrid.ai',
  'trading.api.staging.thegrid.ai',
  'trading.api.dev.thegrid.ai',
]);
