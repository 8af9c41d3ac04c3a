import type { ServiceFunction } from './constructs/service-function.ts';
import type { FunctionName } from './function-names.ts';

/** Makes a function that answers a request of the API. */
export type RequestFunctionMaker = (id: string, name: FunctionName, description: string) => ServiceFunction;

/** Makes the functions behind the API. */
export function requestFunctions(make: RequestFunctionMaker): readonly ServiceFunction[] {
  return [
    make('PlaceOrder', 'place-order', 'Places an order'),
    make('ReadOrders', 'read-orders', 'Shows orders'),
    make('CancelOrder', 'cancel-order', 'Cancels an order'),
    make('ReadBalances', 'read-balances', 'Shows the balances'),
    make('CheckNow', 'check-now', 'Checks the balances when an application asks for it'),
    make('Stop', 'stop', 'Stops all buying'),
    make('MakeReservation', 'make-reservation', 'Reserves capacity for a batch'),
    make('ReadReservations', 'read-reservations', 'Shows reservations'),
    make('CancelReservation', 'cancel-reservation', 'Cancels a reservation'),
    make('ReadDecisions', 'read-decisions', 'Shows what balance checks decided, and why'),
    make('ReadStatus', 'read-status', 'Shows how the stage is, at one look'),
    make('AnswerUnknown', 'answer-unknown', 'Answers requests for which there is no route'),
  ];
}
