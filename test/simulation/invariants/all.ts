import { booksCoverReality } from './books-cover-reality.ts';
import { budgetsAddUp } from './budgets-add-up.ts';
import { dryRunSendsNothing } from './dry-run-sends-nothing.ts';
import { foreignOrdersAreNoticed } from './foreign-orders-are-noticed.ts';
import type { Invariant } from './invariant.ts';
import { lateOrdersAreNoticed } from './late-orders-are-noticed.ts';
import { lateSightingsStopBuying } from './late-sightings-stop-buying.ts';
import { legalMovesOnly } from './legal-moves-only.ts';
import { movedByNeedOnly } from './moved-by-need-only.ts';
import { neverAboveTheNeed } from './never-above-the-need.ts';
import { oneOrderPerClientId } from './one-order-per-client-id.ts';
import { onePostPerIntent } from './one-post-per-intent.ts';
import { onePostPerTransfer } from './one-post-per-transfer.ts';
import { oneScheduledOrder } from './one-scheduled-order.ts';
import { overrunsStopBuying } from './overruns-stop-buying.ts';
import { recordsComeFirst } from './records-come-first.ts';
import { recordsEqualTheExchange } from './records-equal-the-exchange.ts';
import { recoveriesEnd } from './recoveries-end.ts';
import { reservationsAreJudged } from './reservations-are-judged.ts';
import { stoppedMeansStopped } from './stopped-means-stopped.ts';
import { transfersEqualTheExchange } from './transfers-equal-the-exchange.ts';
import { transfersMoveLegally } from './transfers-move-legally.ts';
import { twinsAreNoticed } from './twins-are-noticed.ts';
import { wholeReservations } from './whole-reservations.ts';
import { withinTheSettings } from './within-the-settings.ts';

/** All rules that are checked from the outside. Log lines (I7) and answers to callers (I12) are checked where they arise. */
export const invariants: readonly Invariant[] = [
  oneOrderPerClientId,
  onePostPerIntent,
  budgetsAddUp,
  booksCoverReality,
  recordsComeFirst,
  stoppedMeansStopped,
  legalMovesOnly,
  oneScheduledOrder,
  recordsEqualTheExchange,
  neverAboveTheNeed,
  dryRunSendsNothing,
  withinTheSettings,
  lateSightingsStopBuying,
  overrunsStopBuying,
  twinsAreNoticed,
  lateOrdersAreNoticed,
  foreignOrdersAreNoticed,
  onePostPerTransfer,
  transfersMoveLegally,
  movedByNeedOnly,
  transfersEqualTheExchange,
  wholeReservations,
  reservationsAreJudged,
  recoveriesEnd,
];
