import type { Reservation } from '../top-up/reservations/reservation.ts';
import type { CreateReservationOutcome, ReservationStore } from '../top-up/reservations/store-port.ts';
import { CorruptItemError, type Item } from './item.ts';
import { queryItems } from './query-items.ts';
import { readItem, type TableTools } from './read-item.ts';
import {
  placeFromItem,
  placeKey,
  placeToItem,
  reservationFromItem,
  reservationKey,
  reservationsOf,
  reservationToItem,
  sortFrom,
} from './reservation-item.ts';
import { listReservations } from './reservation-list.ts';
import { tableShape } from './table-shape.ts';
import { type TransactionTools, writeTogether } from './transactions.ts';
import { putFirstVersion } from './versions.ts';

type ReservationTools = TableTools & TransactionTools;

/**
 * Reservations in DynamoDB. A record lies in the partition of its instrument, sorted by the end of its window, so that
 * those that still count are one strongly consistent query; a second item finds the record by its id.
 */
export function createReservationStore(tools: ReservationTools): ReservationStore {
  return {
    ...createOpenReservations(tools),
    create: (reservation) => create(tools, reservation),
    get: (reservationId) => get(tools, reservationId),
    list: (query) => listReservations(tools, query),
  };
}

/** What balance checks do with them. Apart from the rest, which would only make what runs every minute larger. */
export function createOpenReservations(tools: ReservationTools): Pick<ReservationStore, 'openOf' | 'update'> {
  return {
    openOf: (instrument, now) => readOpen(tools, instrument, now),
    update: (before, after) => update(tools, before, after),
  };
}

async function create(tools: ReservationTools, reservation: Reservation): Promise<CreateReservationOutcome> {
  const result = await writeTogether(tools, [
    putFirstVersion(tools.tableName, placeToItem(reservation)),
    putFirstVersion(tools.tableName, reservationToItem(reservation)),
  ]);
  if (result.kind === 'written') return { kind: 'created' };
  const existing = await get(tools, reservation.reservationId);
  if (existing === undefined) throw new CorruptItemError('A reservation has a place and no record.');
  return { kind: 'exists', reservation: existing };
}

async function get(tools: TableTools, reservationId: string): Promise<Reservation | undefined> {
  const place = placeFromItem(reservationId, await readItem(tools, placeKey(reservationId)));
  const item = place === undefined ? undefined : await readItem(tools, reservationKey(place));
  return item === undefined ? undefined : reservationFromItem(item);
}

async function readOpen(tools: TableTools, instrument: string, now: number): Promise<readonly Reservation[]> {
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const { items, nextKey } = await queryItems(tools, {
      ConsistentRead: true,
      KeyConditionExpression: '#partition = :instrument AND #sort >= :next',
      ExpressionAttributeNames: { '#partition': tableShape.partitionKey, '#sort': tableShape.sortKey },
      ExpressionAttributeValues: {
        ':instrument': { S: reservationsOf(instrument) },
        ':next': { S: sortFrom(now + 1) },
      },
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    });
    found.push(...items);
    start = nextKey;
  } while (start !== undefined);
  return found.map(reservationFromItem).filter(({ outcome }) => outcome !== 'cancelled');
}

async function update(
  tools: ReservationTools,
  before: Reservation,
  after: Reservation,
): Promise<'written' | 'stale'> {
  const result = await writeTogether(tools, [
    {
      Put: {
        TableName: tools.tableName,
        Item: reservationToItem(after),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { N: String(before.version) } },
      },
    },
  ]);
  return result.kind === 'written' ? 'written' : 'stale';
}
