import type { Mutant } from '../mutant.ts';

const storing = 'shared/store/reservation-store.ts';
const scenario = { reservations: 4 };

/** A reservation is made once and as a whole, and is bought for until it is cancelled or over. */
export const reservations: readonly Mutant[] = [
  {
    name: 'a reservation counts twice',
    rule: 'V',
    faultClass: 'A',
    scenario,
    breaks: ['I11', 'M3'],
    replacements: [
      {
        file: 'shared/top-up/reservations/capacity.ts',
        find: 'return reservations.map(',
        by: 'return [...reservations, ...reservations].map(',
      },
    ],
  },
  {
    name: 'a reservation that was cancelled is bought for',
    rule: 'V',
    faultClass: 'A',
    scenario,
    breaks: ['I11', 'M3'],
    replacements: [{ file: storing, find: ".filter(({ outcome }) => outcome !== 'cancelled')", by: '' }],
  },
  {
    name: 'a reservation is made in two steps',
    rule: 'V',
    faultClass: 'A',
    scenario,
    breaks: ['V1'],
    replacements: [
      {
        file: storing,
        find: `    putFirstVersion(tools.tableName, placeToItem(reservation)),
    putFirstVersion(tools.tableName, reservationToItem(reservation)),
  ]);`,
        by: `    putFirstVersion(tools.tableName, placeToItem(reservation)),
  ]);
  await writeTogether(tools, [putFirstVersion(tools.tableName, reservationToItem(reservation))]);`,
      },
    ],
  },
  {
    name: 'a check overwrites a cancellation',
    rule: 'V',
    faultClass: 'A',
    scenario,
    breaks: ['V1', 'V3'],
    replacements: [
      {
        file: storing,
        find: "ConditionExpression: '#version = :version'",
        by: "ConditionExpression: '#version >= :version'",
      },
    ],
  },
];
