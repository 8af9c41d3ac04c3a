import type { ClockState } from '../clock.ts';
import type { Endpoint } from '../faults/fault-schema.ts';

/** The admin operations that change the exchange. Faults are not among them: they end with the process. */
export const CHANGES = [
  'setModes',
  'addKey',
  'revokeKey',
  'setUsd',
  'grantUnits',
  'consumeUnits',
  'setBurn',
  'setBook',
  'moveBook',
  'sellToBids',
  'postAsks',
  'scheduleAsks',
  'setSellers',
  'setMarketStatus',
  'fillOrder',
  'placeDashboardOrder',
] as const;

export type Change = (typeof CHANGES)[number];

/** A request that changes something, after its signature was found good and no fault kept it from being done. */
export interface RequestInput {
  readonly kind: 'request';
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly query: string;
  readonly contentType: string | null;
  readonly body: string;
  /** Market time at which it is carried out; null: at once. */
  readonly due: number | null;
}

/** Something that came from outside and changed the exchange. All else follows from these and from time. */
export type Input =
  | RequestInput
  | { readonly kind: 'admin'; readonly operation: Change; readonly input?: unknown }
  | { readonly kind: 'clock'; readonly clock: ClockState };
