import type { QueueDescription } from '../resources/queues.ts';

/** A message in a queue. */
export interface QueueMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The queues of a stack, in memory. Nothing takes messages out: they are there to be looked at. */
export class QueueSet {
  readonly #queues: readonly QueueDescription[];
  readonly #messages = new Map<string, QueueMessage[]>();

  constructor(queues: readonly QueueDescription[]) {
    this.#queues = queues;
  }

  send(queueArn: string, message: QueueMessage): void {
    this.#messages.set(queueArn, [...(this.#messages.get(queueArn) ?? []), message]);
  }

  /** What is in a queue, oldest first. @throws when there is no such queue */
  messages(logicalId: string): readonly QueueMessage[] {
    const queue = this.#queues.find((candidate) => candidate.logicalId === logicalId);
    if (queue !== undefined) return this.#messages.get(queue.arn) ?? [];
    const known = this.#queues.map((candidate) => candidate.logicalId).join(', ') || 'none';
    throw new Error(`There is no queue ${logicalId}; there are: ${known}.`);
  }
}
