import type { ServiceFunction } from './constructs/service-function.ts';
import type { TopUpRecords } from './constructs/top-up-records.ts';
import type { FunctionName } from './function-names.ts';

/** Makes a function that answers a request of the API. */
export type RequestFunctionMaker = (id: string, name: FunctionName, description: string) => ServiceFunction;

/** The functions behind reservations and decisions. */
export interface TopUpFunctions {
  readonly makeReservation: ServiceFunction;
  readonly readReservations: ServiceFunction;
  readonly cancelReservation: ServiceFunction;
  readonly readDecisions: ServiceFunction;
}

/** Makes them, each with the grants that it needs: none of them can buy or read the signing key. */
export function topUpFunctions(make: RequestFunctionMaker, records: TopUpRecords): TopUpFunctions {
  const makeReservation = make('MakeReservation', 'make-reservation', 'Reserves capacity for a batch');
  records.allowReadingReservations(makeReservation);
  records.allowWritingReservations(makeReservation);

  const readReservations = make('ReadReservations', 'read-reservations', 'Shows reservations');
  records.allowReadingReservations(readReservations);
  records.allowListingReservations(readReservations);

  const cancelReservation = make('CancelReservation', 'cancel-reservation', 'Cancels a reservation');
  records.allowReadingReservations(cancelReservation);
  records.allowWritingReservations(cancelReservation);

  const readDecisions = make('ReadDecisions', 'read-decisions', 'Shows what balance checks decided, and why');
  records.allowReadingDecisions(readDecisions);
  return { makeReservation, readReservations, cancelReservation, readDecisions };
}
