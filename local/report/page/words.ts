import {
  decimalScale,
  formatDecimal,
  formatUsd,
  type Units,
  type Usd,
} from '../../../shared/ledger/decimal.ts';
import { dateText, timeText } from '../../plots/time-axis.ts';

/** USD as people read them: `1,234.50`. */
export function usd(amount: Usd): string {
  return grouped(formatUsd(amount));
}

/** A price or an average, to a hundredth of a cent: `2.0133`. */
export function price(amount: Usd): string {
  return grouped(formatDecimal(rounded(amount, 4), 2));
}

/** Units, to a thousandth: `12.5`. */
export function units(amount: Units): string {
  return grouped(formatDecimal(rounded(amount, 3)));
}

/** Whole Units. */
export function wholeUnits(amount: bigint): string {
  return grouped(amount.toString());
}

/** A share of a whole in percent, with its sign if it is a difference; `-` where there is no whole. */
export function percent(part: bigint, whole: bigint, isDifference = false): string {
  if (whole === 0n) return '-';
  const share = Number((part * 1_000_000n) / whole) / 10_000;
  const sign = isDifference && share > 0 ? '+' : '';
  return `${sign}${share.toFixed(1)} %`;
}

/** For pictures only. */
export function toNumber(amount: bigint): number {
  return Number(amount) / Number(decimalScale);
}

/** Such as `24 Nov 2026, 14:05`. */
export function momentText(at: number): string {
  return `${dateText(at)} ${new Date(at).getUTCFullYear()}, ${timeText(at)}`;
}

function rounded(amount: bigint, places: number): bigint {
  const step = decimalScale / 10n ** BigInt(places);
  const half = amount < 0n ? -step / 2n : step / 2n;
  return ((amount + half) / step) * step;
}

function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
