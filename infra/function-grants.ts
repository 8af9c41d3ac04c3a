import { collections, openWork, partitions } from '../shared/store/partitions.ts';
import type { FunctionName } from './function-names.ts';

/** What a function may do with the table. Each list holds what the keys of the items begin with, or are. */
export interface TableGrants {
  /** Items that it reads by their key, one at a time. */
  readonly get?: readonly string[];
  /** Items that it reads many of at once, by their keys. */
  readonly getMany?: readonly string[];
  /** Items that its transactions may be conditional on without writing them. */
  readonly check?: readonly string[];
  /** Items that it writes as a whole, inside transactions. */
  readonly put?: readonly string[];
  /** Items of which it changes attributes, inside transactions. */
  readonly update?: readonly string[];
  /** Partitions of the table that it lists. */
  readonly query?: readonly string[];
  /** Partitions of the index of all records by time that it lists. */
  readonly queryCreated?: readonly string[];
  /** Partitions of the index of what is not finished that it lists. */
  readonly queryWork?: readonly string[];
}

/** Everything that a function may do, besides writing its own log. */
export interface FunctionGrants {
  readonly table: TableGrants;
  /**
   * What it may do with the signing key: sign orders, and with that trade on the account; or test the keys by signed reads
   * and say which one is in force.
   */
  readonly signingKey: 'none' | 'sign' | 'rotate';
}

const {
  order,
  exchangeOrder,
  budget,
  hour,
  slot,
  terms,
  fills,
  transfer,
  exchangeTransfer,
  waiting,
  memory,
  reservationPlace,
  reservations,
  decision,
  wakeUp,
  alarm,
  audit,
  balances,
  refusedChecks,
  settings,
  deployment,
  breaker,
} = partitions;

/** What a check does, whatever sets it off. It settles and places orders, moves Units, and keeps what it has found. */
const check = {
  get: [order, settings, breaker, budget, fills, audit, exchangeTransfer, waiting],
  getMany: [order, exchangeOrder, transfer],
  check: [settings, breaker],
  put: [
    order,
    exchangeOrder,
    transfer,
    exchangeTransfer,
    memory,
    reservations,
    decision,
    balances,
    audit,
    alarm,
    breaker,
  ],
  update: [budget, hour, slot, fills, waiting],
  query: [reservations, memory],
  queryWork: [openWork.orders, openWork.transfers],
} satisfies TableGrants;

/**
 * What each function may do: exactly what its code does, and nothing for which there is no line here. Nobody deletes,
 * scans or writes outside of transactions, nobody writes the settings, and who may open the breaker cannot close it.
 */
const grantsByFunction: Readonly<Record<FunctionName, FunctionGrants>> = {
  'place-order': {
    table: {
      get: [order, settings, breaker],
      check: [settings, breaker],
      put: [order, exchangeOrder],
      update: [budget, hour],
    },
    signingKey: 'sign',
  },
  // It only cancels what the exchange has confirmed, so it never notes an id of the exchange.
  'cancel-order': {
    table: { get: [order], put: [order], update: [budget, fills, slot] },
    signingKey: 'sign',
  },
  'read-orders': {
    table: { get: [order], query: [order], queryCreated: [collections.orders] },
    signingKey: 'none',
  },
  'read-balances': { table: { get: [balances] }, signingKey: 'none' },
  // Only checks of the schedule, which are minutes apart, count how often the exchange refuses them, watch the settings, and
  // note what is deployed.
  'check-balances': {
    table: {
      ...check,
      get: [...check.get, refusedChecks, deployment],
      put: [...check.put, refusedChecks, deployment],
    },
    signingKey: 'sign',
  },
  'check-now': { table: { ...check, put: [...check.put, wakeUp] }, signingKey: 'sign' },
  stop: { table: { put: [breaker] }, signingKey: 'none' },
  'make-reservation': {
    table: { get: [reservationPlace, reservations, settings], put: [reservationPlace, reservations] },
    signingKey: 'none',
  },
  'read-reservations': {
    table: { get: [reservationPlace, reservations], queryCreated: [collections.reservations] },
    signingKey: 'none',
  },
  // The place of a reservation never changes.
  'cancel-reservation': {
    table: { get: [reservationPlace, reservations], put: [reservations] },
    signingKey: 'none',
  },
  'answer-unknown': { table: {}, signingKey: 'none' },
  'read-decisions': { table: { query: [decision] }, signingKey: 'none' },
  'read-status': {
    table: {
      get: [settings, breaker, budget, hour, balances],
      getMany: [order],
      query: [decision],
      queryWork: [openWork.orders],
    },
    signingKey: 'none',
  },
  'promote-key': { table: {}, signingKey: 'rotate' },
};

/** What a function may do in a stage whose exchange shows client order ids, or does not. */
export function grantsOf(
  name: FunctionName,
  { showsClientOrderIds }: { readonly showsClientOrderIds: boolean },
): FunctionGrants {
  const grants = grantsByFunction[name];
  const { update } = grants.table;
  // Orders are then told apart by their terms: those who change an order's budget also take or give back its terms.
  if (showsClientOrderIds || update?.includes(budget) !== true) return grants;
  return { ...grants, table: { ...grants.table, update: [...update, terms] } };
}
