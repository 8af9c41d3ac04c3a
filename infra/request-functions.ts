import type { ServiceFunction } from './constructs/service-function.ts';
import type { FunctionName } from './function-names.ts';

/** Makes a function that answers a request of the API. */
export type RequestFunctionMaker = (id: string, name: FunctionName, description: string) => ServiceFunction;

/** The functions behind the API. */
export interface RequestFunctions {
  readonly placeOrder: ServiceFunction;
  readonly readOrders: ServiceFunction;
  readonly cancelOrder: ServiceFunction;
  readonly readBalances: ServiceFunction;
  readonly checkNow: ServiceFunction;
  readonly stop: ServiceFunction;
  readonly makeReservation: ServiceFunction;
  readonly readReservations: ServiceFunction;
  readonly cancelReservation: ServiceFunction;
  readonly readDecisions: ServiceFunction;
}

/** Makes them. */
export function requestFunctions(make: RequestFunctionMaker): RequestFunctions {
  return {
    placeOrder: make('PlaceOrder', 'place-order', 'Places an order'),
    readOrders: make('ReadOrders', 'read-orders', 'Shows orders'),
    cancelOrder: make('CancelOrder', 'cancel-order', 'Cancels an order'),
    readBalances: make('ReadBalances', 'read-balances', 'Shows the balances'),
    checkNow: make('CheckNow', 'check-now', 'Checks the balances when an application asks for it'),
    stop: make('Stop', 'stop', 'Stops all buying'),
    makeReservation: make('MakeReservation', 'make-reservation', 'Reserves capacity for a batch'),
    readReservations: make('ReadReservations', 'read-reservations', 'Shows reservations'),
    cancelReservation: make('CancelReservation', 'cancel-reservation', 'Cancels a reservation'),
    readDecisions: make('ReadDecisions', 'read-decisions', 'Shows what balance checks decided, and why'),
  };
}
