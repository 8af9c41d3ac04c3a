import * as answers from './answers.ts';

/** The answers that the document gives a name. */
export const answerSchemas = {
  Order: answers.orderAnswer,
  OrderWithHistory: answers.orderWithHistoryAnswer,
  OrderPage: answers.orderPage,
  Balances: answers.balancesAnswer,
  Reservation: answers.reservationAnswer,
  PricedReservation: answers.pricedReservationAnswer,
  ReservationPage: answers.reservationPage,
  DecisionPage: answers.decisionPage,
  Status: answers.statusAnswer,
  Stopped: answers.stoppedAnswer,
  Check: answers.checkAnswer,
  CheckRunning: answers.checkRunningAnswer,
  Problem: answers.problemAnswer,
} as const;

export type AnswerName = keyof typeof answerSchemas;
