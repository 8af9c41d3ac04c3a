import * as v from 'valibot';
import type { FunctionDescription } from '../lambda/function-description.ts';
import { parseExpression, type ScheduleExpression } from '../schedules/expression.ts';
import { readProperties } from '../template/read-properties.ts';
import type { References } from '../template/references.ts';
import { type Resource, resourcesOfType } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';
import { checkedQueueArn } from './queues.ts';

/** A schedule as the template describes it. */
export interface ScheduleDescription {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly expression: ScheduleExpression;
  /** As written, for people to read. */
  readonly expressionText: string;
  readonly enabled: boolean;
  readonly functionLogicalId: string;
  /** ARN of the role that the scheduler takes, or undefined when the template's value cannot be resolved. */
  readonly roleArn: string | undefined;
  /** ARN of the queue for what could not be handed over. */
  readonly deadLetterArn: string | undefined;
  /** JSON text with the scheduler's placeholders in it. Undefined: the scheduler's own event. */
  readonly input: string | undefined;
}

const scheduleSchema = v.object({
  ScheduleExpression: v.string(),
  ScheduleExpressionTimezone: v.optional(v.string(), 'UTC'),
  State: v.optional(v.picklist(['ENABLED', 'DISABLED']), 'ENABLED'),
  StartDate: v.optional(v.undefined('a start date is not supported')),
  EndDate: v.optional(v.undefined('an end date is not supported')),
  Target: v.object({
    Arn: v.string(),
    Input: v.optional(v.string()),
    RoleArn: v.optional(v.unknown()),
    DeadLetterConfig: v.optional(v.object({ Arn: v.string() })),
  }),
});

/** The schedules of the template. Retries of the scheduler are not read. */
export function readSchedules(
  references: References,
  functions: readonly FunctionDescription[],
): ScheduleDescription[] {
  return resourcesOfType(references.template, 'AWS::Scheduler::Schedule').map(([logicalId, resource]) =>
    readSchedule(logicalId, resource, references, functions),
  );
}

function readSchedule(
  logicalId: string,
  resource: Resource,
  references: References,
  functions: readonly FunctionDescription[],
): ScheduleDescription {
  const properties = readProperties(logicalId, resource, scheduleSchema, references);
  const target = functions.find(({ arn }) => arn === properties.Target.Arn);
  if (target === undefined) {
    throw new TemplateError(`${logicalId}: its target is not a function of this template`);
  }
  const expression = parseExpression(properties.ScheduleExpression, properties.ScheduleExpressionTimezone);
  if (expression === undefined) {
    throw new TemplateError(
      `${logicalId}: ScheduleExpression ${properties.ScheduleExpression} (${properties.ScheduleExpressionTimezone}) is not understood`,
    );
  }
  const reference = references.resources.get(logicalId);
  const { RoleArn, DeadLetterConfig } = properties.Target;
  return {
    logicalId,
    name: reference?.ref ?? logicalId,
    arn: reference?.attributes['Arn'] ?? '',
    expression,
    expressionText: properties.ScheduleExpression,
    enabled: properties.State === 'ENABLED',
    functionLogicalId: target.logicalId,
    roleArn: typeof RoleArn === 'string' ? RoleArn : undefined,
    deadLetterArn:
      DeadLetterConfig === undefined
        ? undefined
        : checkedQueueArn(logicalId, DeadLetterConfig.Arn, references),
    input: properties.Target.Input,
  };
}
