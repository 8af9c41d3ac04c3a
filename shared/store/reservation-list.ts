import type { QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { InvalidCursorError } from '../orders/store-port.ts';
import { outcomeAt, type Reservation } from '../top-up/reservations/reservation.ts';
import { isReservationId } from '../top-up/reservations/reservation-id.ts';
import type { ReservationPage, ReservationQuery } from '../top-up/reservations/store-port.ts';
import type { Item } from './item.ts';
import { collections } from './partitions.ts';
import { queryItems } from './query-items.ts';
import type { TableTools } from './read-item.ts';
import { type ReservationPlace, reservationFromItem, reservationKey } from './reservation-item.ts';
import { tableShape } from './table-shape.ts';

const { createdIndex } = tableShape;
/** How many reservations one listing may look at in search of those that match its filter. */
const mostExamined = 2_000;
const examinedPerQuery = 200;

/** A place in the list: just behind this reservation. */
type ListPosition = ReservationPlace & Pick<Reservation, 'createdAt'>;

/** One page of reservations, newest first, looking at a bounded number of them. */
export async function listReservations(
  tools: TableTools,
  wanted: ReservationQuery,
): Promise<ReservationPage> {
  const found: Reservation[] = [];
  let position: ListPosition | undefined =
    wanted.cursor === undefined ? undefined : readCursor(wanted.cursor);
  for (let examined = 0; examined < mostExamined; examined += examinedPerQuery) {
    const { items, nextKey } = await queryItems(tools, newestFirst(position));
    const reservations = items.map(reservationFromItem);
    found.push(...reservations.filter((reservation) => matches(reservation, wanted)));
    const last = found[wanted.limit - 1];
    if (last !== undefined && (found.length > wanted.limit || nextKey !== undefined)) {
      return { reservations: found.slice(0, wanted.limit), nextCursor: writeCursor(last) };
    }
    if (nextKey === undefined) return { reservations: found, nextCursor: undefined };
    position = reservations.at(-1);
  }
  return {
    reservations: found,
    nextCursor: position === undefined ? undefined : writeCursor(position),
  };
}

function matches(
  reservation: Reservation,
  { instrument, principal, outcome, now }: ReservationQuery,
): boolean {
  return (
    (principal === undefined || reservation.principal === principal) &&
    (instrument === undefined || reservation.instrument === instrument) &&
    (outcome === undefined || outcomeAt(reservation, now) === outcome)
  );
}

function newestFirst(position: ListPosition | undefined): Omit<QueryCommandInput, 'TableName'> {
  return {
    IndexName: createdIndex.name,
    ScanIndexForward: false,
    Limit: examinedPerQuery,
    KeyConditionExpression: '#collection = :reservations',
    ExpressionAttributeNames: { '#collection': createdIndex.partitionKey },
    ExpressionAttributeValues: { ':reservations': { S: collections.reservations } },
    ...(position === undefined ? {} : { ExclusiveStartKey: keyAt(position) }),
  };
}

function keyAt(position: ListPosition): Item {
  return {
    ...reservationKey(position),
    [createdIndex.partitionKey]: { S: collections.reservations },
    [createdIndex.sortKey]: { N: String(position.createdAt) },
  };
}

/** The position as an opaque text for callers. */
function writeCursor({ createdAt, neededUntil, instrument, reservationId }: ListPosition): string {
  const text = [createdAt, neededUntil, instrument, reservationId].join(':');
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** @throws InvalidCursorError if we did not write it */
function readCursor(cursor: string): ListPosition {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const [, createdAt, neededUntil, instrument = '', reservationId = ''] =
    /^(\d{1,15}):(\d{1,15}):([a-z0-9-]{1,40}):([a-z0-9-]{1,40})$/.exec(text) ?? [];
  if (!isReservationId(reservationId)) throw new InvalidCursorError();
  return { createdAt: Number(createdAt), neededUntil: Number(neededUntil), instrument, reservationId };
}
