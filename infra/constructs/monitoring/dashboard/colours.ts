import { Color } from 'aws-cdk-lib/aws-cloudwatch';
import type { orderOutcomes } from '../../../../shared/observability/order-metrics.ts';

/** Each instrument has the same colour in every graph. Eight can be told apart; more begin again. */
const palette = [
  Color.BLUE,
  Color.ORANGE,
  Color.GREEN,
  Color.PURPLE,
  Color.BROWN,
  Color.PINK,
  '#17becf',
  '#7f8c1f',
] as const;

/** The colour of the instrument at this place in the settings. */
export function instrumentColour(index: number): string {
  return palette[index % palette.length] ?? palette[0];
}

/** Green is what was wanted, grey is nothing, and what is red needs a person. */
export const outcomeColours: Readonly<Record<(typeof orderOutcomes)[number], string>> = {
  filled: Color.GREEN,
  cancelled: Color.GREY,
  expired: '#c7c7c7',
  rejected: Color.ORANGE,
  unclear: Color.PURPLE,
  abandoned: Color.RED,
};
