import type { Mutant } from '../mutant.ts';

const restored = 'shared/store/restored-table.ts';
const adopting = 'shared/orders/adopt-order.ts';
const recording = 'shared/store/record-order.ts';

/** What a table forgets that is restored from a backup has happened all the same. */
export const restores: readonly Mutant[] = [
  {
    name: 'orders unknown to a restored table are not taken up',
    rule: 'restore',
    faultClass: 'R',
    breaks: ['I2', 'I5'],
    replacements: [
      {
        file: 'shared/orders/recovery.ts',
        find: 'isUnderWay: async () => (await readControl()).breaker?.reason === restoredFromBackup,',
        by: 'isUnderWay: async () => false,',
      },
    ],
  },
  {
    name: 'a restored table keeps its PENDING orders as they are',
    rule: 'restore',
    faultClass: 'R',
    breaks: ['I4', 'I10'],
    replacements: [
      {
        file: restored,
        find: '  for (const order of pending) await markAsSent(tools, order);\n',
        by: '',
      },
    ],
  },
  {
    name: 'a restored table buys at once',
    rule: 'restore',
    faultClass: 'R',
    breaks: ['I2', 'I5', 'I6'],
    replacements: [
      {
        file: restored,
        find: '  await writeTogether(tools, [put(tableName, breakerToItem(restoredFromBackup, tableName, now))]);\n',
        by: '',
      },
    ],
  },
  {
    name: 'orders without a limit are taken up only when their price is shown',
    rule: 'restore',
    faultClass: 'R',
    breaks: ['I2', 'I5'],
    replacements: [
      {
        file: adopting,
        find: '  const limitPrice = seen.limitPrice ?? seen.averagePrice ?? market.maximumPrice;\n',
        by: '  const limitPrice = seen.limitPrice ?? seen.averagePrice;\n  if (limitPrice === undefined) return undefined;\n',
      },
    ],
  },
  {
    name: 'what is taken up costs nothing',
    rule: 'restore',
    faultClass: 'R',
    breaks: ['I4'],
    replacements: [
      {
        file: adopting,
        find: '    reserved: reservationFor(quantity, limitPrice, market.feeBasisPoints),\n',
        by: '    reserved: 0n,\n',
      },
    ],
  },
  {
    name: 'what is taken up is in no budget',
    rule: 'restore',
    faultClass: 'R',
    breaks: ['I3'],
    replacements: [
      {
        file: recording,
        find: "    ['day', chargeTo(tableName, order.budgetDay, order.reserved, limits.perDay)],\n",
        by: '',
      },
    ],
  },
];
