import type { OrderState } from './order.ts';

/** One kind of step in the life of an order: what makes it happen, on which condition, and what it does to the money. */
export interface Move {
  /** Empty for the step that makes the record. */
  readonly from: readonly OrderState[];
  readonly to: readonly OrderState[];
  readonly when: string;
  /** What the transaction that writes it requires, beside the version that was read. */
  readonly condition: string;
  /** What that transaction writes, beside the record and its event in the history. */
  readonly writes: string;
  readonly money: string;
}

const placed = ['OPEN', 'PARTIALLY_FILLED', 'FILLED'] as const;

/**
 * Every legal step of an order; all others are bugs. `docs/order-life-cycle.md` shows this table word for word.
 *
 * A final state is provisional until a look at least a minute later agrees with it: then the record is confirmed, the
 * rest of its money released and its slot free. FILLED, and what was never sent, is confirmed at once.
 */
export const moves: readonly Move[] = [
  {
    from: [],
    to: ['PENDING'],
    when: 'A caller or the schedule wants to buy',
    condition:
      'no record under this id; mode LIVE, in the settings that it was decided by; breaker closed; room in day, month and hour; slot free',
    writes: 'budgets of day and month, count of the hour, slot of a scheduled order',
    money: 'the most that it can cost is reserved',
  },
  {
    from: [],
    to: ['SUBMITTED'],
    when: 'The exchange lists an order of ours that the records, restored from a backup, do not have',
    condition: 'no record under this id',
    writes: 'budgets of day and month',
    money: 'the most that it can cost is reserved, whatever the caps',
  },
  {
    from: ['PENDING'],
    to: ['SUBMITTED'],
    when: 'Its invocation has signed it and claims the one POST',
    condition: "PENDING; the recording invocation's mark; mode LIVE; breaker closed",
    writes: 'nothing more',
    money: 'stays reserved',
  },
  {
    from: ['PENDING'],
    to: ['REJECTED'],
    when: 'Buying was stopped before the claim',
    condition: 'PENDING',
    writes: 'budgets, slot',
    money: 'released: it was never sent',
  },
  {
    from: ['PENDING'],
    to: ['EXPIRED'],
    when: 'Not claimed a minute after it was recorded',
    condition: 'PENDING, so that it and the claim exclude each other',
    writes: 'budgets, slot',
    money: 'released: it was never sent',
  },
  {
    from: ['SUBMITTED', 'UNKNOWN'],
    to: ['OPEN'],
    when: 'The exchange accepted it',
    condition: "the exchange's id belongs to no other record",
    writes: "map of the exchange's ids",
    money: 'stays reserved',
  },
  {
    from: ['SUBMITTED', 'UNKNOWN'],
    to: ['REJECTED'],
    when: 'A documented refusal, or no connection came about',
    condition: 'none',
    writes: 'nothing more',
    money: 'stays reserved until a complete listing without it confirms the refusal',
  },
  {
    from: ['SUBMITTED'],
    to: ['UNKNOWN'],
    when: 'Any other answer, or none',
    condition: 'none',
    writes: 'nothing more',
    money: 'stays reserved',
  },
  {
    from: ['SUBMITTED', 'UNKNOWN'],
    to: [...placed, 'CANCELLED', 'EXPIRED', 'REJECTED'],
    when: 'It was found at the exchange',
    condition: "the exchange's id belongs to no other record",
    writes: "map of the exchange's ids, budgets, totals of fills",
    money: 'what was filled is spent, the rest stays reserved',
  },
  {
    from: ['SUBMITTED', 'UNKNOWN'],
    to: ['ABANDONED'],
    when: 'Not in three complete listings, the first five minutes after it was recorded',
    condition: 'none',
    writes: 'slot',
    money: 'stays reserved for ever',
  },
  {
    from: ['OPEN'],
    to: ['PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'EXPIRED', 'REJECTED'],
    when: 'The exchange shows it so',
    condition: 'filled Units never shrink',
    writes: 'budgets, totals of fills, slot when FILLED',
    money: 'what was filled is spent, the rest stays reserved until the end is confirmed',
  },
  {
    from: ['PARTIALLY_FILLED'],
    to: ['FILLED', 'CANCELLED', 'EXPIRED'],
    when: 'The exchange shows it so',
    condition: 'filled Units never shrink',
    writes: 'budgets, totals of fills, slot when FILLED',
    money: 'what was filled is spent, the rest stays reserved until the end is confirmed',
  },
  {
    from: ['REJECTED', 'ABANDONED'],
    to: [...placed, 'CANCELLED', 'EXPIRED'],
    when: 'It was seen at the exchange after all',
    condition: 'the breaker was opened first',
    writes: "map of the exchange's ids, budgets, totals of fills",
    money: 'from what stayed reserved; more than that is an overrun',
  },
  {
    from: ['ABANDONED'],
    to: ['REJECTED'],
    when: 'The exchange shows that it had rejected it',
    condition: 'the breaker was opened first',
    writes: "map of the exchange's ids",
    money: 'stays reserved until the end is confirmed',
  },
  {
    from: ['CANCELLED', 'EXPIRED'],
    to: ['FILLED'],
    when: 'A fill was reported after the end',
    condition: 'the breaker was opened first',
    writes: 'budgets, totals of fills',
    money: 'from what stayed reserved; more than that is an overrun',
  },
];
