import type { FunctionConnection } from '../function-connector.ts';
import type { FunctionDescription } from '../lambda/function-description.ts';
import type { ScheduleDescription } from '../resources/schedules.ts';
import { arnOf, type StackIdentity } from '../template/identity.ts';
import type { AccessRequest, Principal, RequestContext } from './access-request.ts';

/** Asks for what the platform does by itself, in its own name or in that of a role. */
export class PlatformAccess {
  readonly #connection: Pick<FunctionConnection, 'allows'>;
  readonly #identity: StackIdentity;

  constructor(connection: Pick<FunctionConnection, 'allows'>, identity: StackIdentity) {
    this.#connection = connection;
    this.#identity = identity;
  }

  /** Whether Lambda may write what a function logs: its log stream is made, and the line put into it. */
  mayWriteLog(description: FunctionDescription): boolean {
    const resource = arnOf(
      this.#identity,
      'logs',
      `log-group:${description.logGroup}:log-stream:${description.logStream}`,
    );
    return ['logs:CreateLogStream', 'logs:PutLogEvents'].every((action) =>
      this.#allows({ principal: roleOf(description.roleArn), action, resource, function: description }),
    );
  }

  /** Whether the API may invoke a function for a route. */
  apiMayInvoke(apiId: string, stage: string, routeKey: string, description: FunctionDescription): boolean {
    // `POST /orders` is `POST/orders` in an ARN.
    const route = `${apiId}/${stage}/${routeKey.replace(' ', '')}`;
    const source = arnOf(this.#identity, 'execute-api', route);
    return this.#allows({
      principal: { kind: 'service', name: 'apigateway.amazonaws.com' },
      action: 'lambda:InvokeFunction',
      resource: description.arn,
      context: this.#from(source),
      function: description,
    });
  }

  /** Whether the scheduler may take the role of a schedule, and the role may invoke the function. */
  schedulerMayInvoke({ roleArn }: ScheduleDescription, description: FunctionDescription): boolean {
    const group = arnOf(this.#identity, 'scheduler', 'schedule-group/default');
    const takesRole = this.#allows({
      principal: { kind: 'service', name: 'scheduler.amazonaws.com' },
      action: 'sts:AssumeRole',
      resource: roleArn ?? '',
      context: this.#from(group),
      function: description,
    });
    const invoke = { action: 'lambda:InvokeFunction', resource: description.arn, function: description };
    return takesRole && this.#allows({ ...invoke, principal: roleOf(roleArn) });
  }

  /** Whether a role may put a message into a queue. */
  maySend(roleArn: string | undefined, queueArn: string, description: FunctionDescription): boolean {
    const send = { action: 'sqs:SendMessage', resource: queueArn, function: description };
    return this.#allows({ ...send, principal: roleOf(roleArn) });
  }

  #from(sourceArn: string): RequestContext {
    return { 'aws:SourceArn': [sourceArn], 'aws:SourceAccount': [this.#identity.accountId] };
  }

  #allows(request: Omit<AccessRequest, 'context'> & { readonly context?: RequestContext }): boolean {
    return this.#connection.allows?.({ context: {}, ...request }) ?? true;
  }
}

function roleOf(arn: string | undefined): Principal {
  return { kind: 'role', arn: arn ?? '' };
}
