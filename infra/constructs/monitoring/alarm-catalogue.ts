/** What an alarm asks for: somebody now, at any hour, or somebody on the next working day. */
export type Severity = 'page' | 'ticket';

/**
 * Every kind of alarm by its name, in the order of the runbook. The name is the address of its section there and part of
 * its name in CloudWatch; a test keeps the three the same.
 */
export const alarmCatalogue = {
  'no-check-completes': 'page',
  'breaker-open': 'page',
  'checks-not-delivered': 'page',
  'checks-not-run': 'page',
  'order-unclear': 'page',
  'orders-unresolved': 'page',
  'check-fails': 'page',
  'top-up-blocked': 'page',
  'budget-nearly-used': 'page',
  'settings-changed': 'page',
  'settings-unusable': 'page',
  'signing-key-read': 'page',
  'orders-refused': 'ticket',
  'order-abandoned': 'ticket',
  'budget-mostly-spent': 'ticket',
  'orders-not-compared': 'ticket',
  'function-errors': 'ticket',
  'function-throttled': 'ticket',
  'api-server-errors': 'ticket',
  'clock-off': 'ticket',
  'exchange-slow': 'ticket',
  'answer-unfamiliar': 'ticket',
  'signing-key-old': 'ticket',
  'units-in-trading': 'ticket',
  'transfer-unclear': 'ticket',
} as const satisfies Readonly<Record<string, Severity>>;

export type AlarmName = keyof typeof alarmCatalogue;

/** Which alarm it is: its kind, and what it is about where there are several of a kind. */
export interface AlarmIdentity {
  readonly name: AlarmName;
  /**
   * An instrument, a function or a period.
   *
   * @default - the only alarm of its kind
   */
  readonly about?: string;
}

/** The alarm's name in CloudWatch: with the stage, because names are unique in an account and stages share one. */
export function alarmNameIn(stageName: string, { name, about }: AlarmIdentity): string {
  return ['grid-buyer', stageName, name, ...(about === undefined ? [] : [about])].join('-');
}

/** The text that a person reads first: how urgent it is, what happened, what it breaks, and where to read on. */
export function alarmText(
  runbookUrl: string,
  {
    name,
    happened,
    breaks,
  }: { readonly name: AlarmName; readonly happened: string; readonly breaks: string },
): string {
  return `${alarmCatalogue[name].toUpperCase()}: ${happened} ${breaks} Runbook: ${runbookUrl}#${name}`;
}
