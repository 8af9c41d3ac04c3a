import { type Reservation, reservationOutcomes } from '../top-up/reservations/reservation.ts';
import { expiryOf, type Item, itemKey } from './item.ts';
import { collections, partitions } from './partitions.ts';
import { fieldsFromItem, fieldsToItem, type RecordFields } from './record-fields.ts';
import { tableShape } from './table-shape.ts';

const reservationFields: RecordFields<keyof Reservation> = {
  what: 'reservation',
  kinds: {
    reservationId: 'text',
    version: 'number',
    payloadFingerprint: 'text',
    instrument: 'text',
    units: 'integer',
    neededFrom: 'number',
    neededUntil: 'number',
    principal: 'text',
    createdAt: 'number',
    cancelledAt: 'number',
    outcome: 'text',
    checkedAt: 'number',
    readyUnits: 'integer',
    missingUnits: 'integer',
    metAt: 'number',
  },
  optional: new Set(['cancelledAt', 'checkedAt', 'readyUnits', 'missingUnits', 'metAt']),
  words: { outcome: reservationOutcomes },
};

/** Where a reservation's record is: it never changes. */
export type ReservationPlace = Pick<Reservation, 'reservationId' | 'instrument' | 'neededUntil'>;

/** The partition of an instrument's reservations. */
export function reservationsOf(instrument: string): string {
  return `${partitions.reservations}${instrument}`;
}

/** Sort keys of windows that end at this time or later are not below this. */
export function sortFrom(neededUntil: number): string {
  return new Date(neededUntil).toISOString();
}

/** The key of a reservation's record: the reservations of an instrument are sorted by the end of their windows. */
export function reservationKey({ reservationId, instrument, neededUntil }: ReservationPlace): Item {
  return itemKey(reservationsOf(instrument), `${sortFrom(neededUntil)}#${reservationId}`);
}

/** The key of the item that says where a reservation's record is. */
export function placeKey(reservationId: string): Item {
  return itemKey(`${partitions.reservationPlace}${reservationId}`);
}

/** The reservation as an item, with its key and the attributes of the index. */
export function reservationToItem(reservation: Reservation): Item {
  return {
    ...reservationKey(reservation),
    ...fieldsToItem(reservationFields, reservation),
    [tableShape.createdIndex.partitionKey]: { S: collections.reservations },
    [tableShape.timeToLive]: { N: expiryOf(reservation.neededUntil) },
  };
}

/** @throws CorruptItemError if an attribute is missing or is not what we write */
export function reservationFromItem(item: Item): Reservation {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was read and checked by its kind
  return fieldsFromItem(reservationFields, item) as unknown as Reservation;
}

/** The item that says where a reservation's record is. */
export function placeToItem({ reservationId, instrument, neededUntil }: ReservationPlace): Item {
  return {
    ...placeKey(reservationId),
    instrument: { S: instrument },
    neededUntil: { N: String(neededUntil) },
    [tableShape.timeToLive]: { N: expiryOf(neededUntil) },
  };
}

/** Undefined if there is no such item. */
export function placeFromItem(reservationId: string, item: Item | undefined): ReservationPlace | undefined {
  const [instrument, neededUntil] = [item?.['instrument']?.S, item?.['neededUntil']?.N];
  return instrument === undefined || neededUntil === undefined
    ? undefined
    : { reservationId, instrument, neededUntil: Number(neededUntil) };
}
