import type { References } from '../template/references.ts';
import { resourcesOfType } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';

/** A queue of the template. */
export interface QueueDescription {
  readonly logicalId: string;
  readonly arn: string;
}

/** The queues of the template. Retention, encryption and redrive are not read. */
export function readQueues({ template, resources }: References): QueueDescription[] {
  return resourcesOfType(template, 'AWS::SQS::Queue').map(([logicalId]) => ({
    logicalId,
    arn: resources.get(logicalId)?.attributes['Arn'] ?? '',
  }));
}

/** @throws TemplateError when what a resource names is not a queue of the template */
export function checkedQueueArn(logicalId: string, arn: string, references: References): string {
  if (readQueues(references).some((queue) => queue.arn === arn)) return arn;
  throw new TemplateError(`${logicalId}: ${arn} is not a queue of this template`);
}
