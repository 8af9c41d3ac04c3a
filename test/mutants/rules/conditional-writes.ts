import type { Mutant } from '../mutant.ts';

const recording = 'shared/store/record-order.ts';
const updating = 'shared/store/update-order.ts';
const versions = 'shared/store/versions.ts';

/** Correctness lies in the conditions of the table. */
export const conditionalWrites: readonly Mutant[] = [
  {
    name: 'records without a condition on their version',
    rule: 'R8',
    faultClass: 'A',
    breaks: ['I2', 'I3', 'I8', 'M2'],
    replacements: [
      {
        file: versions,
        find: "'#version = :version AND #nonce = :nonce AND #state = :state'",
        by: "'attribute_exists(#version)'",
      },
    ],
  },
  {
    name: 'a record replaces the one that is there',
    rule: 'R8',
    faultClass: 'A',
    breaks: ['I2', 'I3', 'I8'],
    replacements: [
      {
        file: versions,
        find: "ConditionExpression: 'attribute_not_exists(#key)',",
        by: "ConditionExpression: 'attribute_not_exists(#key) OR attribute_exists(#key)',",
      },
    ],
  },
  {
    name: 'nothing checks the switch at the claim',
    rule: 'R10',
    faultClass: 'A',
    breaks: ['I6'],
    replacements: [
      {
        file: updating,
        find: "if (after.state === 'SUBMITTED' && before.state === 'PENDING') {",
        by: 'if (writes.length === 0) {',
      },
    ],
  },
  {
    name: 'nothing checks the mode when an order is recorded',
    rule: 'R10',
    faultClass: 'A',
    breaks: ['I6', 'I13'],
    replacements: [
      {
        file: recording,
        find: "    ['settings', requireLiveVersion(tableName, settingsVersion)],\n",
        by: '',
      },
    ],
  },
  {
    name: 'orders are recorded by settings that have changed since',
    rule: 'R8',
    faultClass: 'A',
    faults: { settingsChange: 0.5 },
    breaks: ['I14'],
    replacements: [
      {
        file: recording,
        find: 'import { requireLiveVersion } from',
        by: 'import { requireLive as requireLiveVersion } from',
      },
    ],
  },
];
