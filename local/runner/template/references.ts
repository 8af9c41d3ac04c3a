import { arnOf, generatedName, nameEnding, type StackIdentity } from './identity.ts';
import type { Resource, Template } from './template.ts';

/** What `Ref` and `Fn::GetAtt` give for one resource. */
export interface ResourceReference {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What `Ref` and `Fn::GetAtt` give, by logical id, with parameters and pseudo parameters. */
export interface References {
  readonly identity: StackIdentity;
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, string>;
  readonly resources: ReadonlyMap<string, ResourceReference>;
}

/** The values that callers give for parameters of the template, and what the services gave for resources. */
interface Known {
  readonly parameters: Readonly<Record<string, string>>;
  /** ARN by logical id, where only the service knows it: a secret's ARN has a random ending. */
  readonly secretArns: ReadonlyMap<string, string>;
}

/** Collects what references can resolve to. */
export function createReferences(template: Template, identity: StackIdentity, known: Known): References {
  const resources = new Map<string, ResourceReference>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const reference = referenceOf(logicalId, resource, identity, known.secretArns);
    if (reference !== undefined) resources.set(logicalId, reference);
  }
  return { identity, template, parameters: parameterValues(template, identity, known.parameters), resources };
}

function parameterValues(
  template: Template,
  { region, accountId, stackName }: StackIdentity,
  given: Readonly<Record<string, string>>,
): Map<string, string> {
  const defaults = Object.entries(template.Parameters)
    // The default of an SSM parameter is the name of the value, not the value.
    .filter(([, { Type, Default }]) => Default !== undefined && !Type.startsWith('AWS::SSM::'))
    .map(([name, { Default }]): [string, string] => [name, String(Default)]);
  return new Map([
    ...defaults,
    ...Object.entries(given),
    ['AWS::Region', region],
    ['AWS::AccountId', accountId],
    ['AWS::StackName', stackName],
    ['AWS::StackId', `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/local`],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
  ]);
}

function referenceOf(
  logicalId: string,
  { Type, Properties }: Resource,
  identity: StackIdentity,
  secretArns: ReadonlyMap<string, string>,
): ResourceReference | undefined {
  const named = (property: string): string => {
    const value = Properties[property];
    return typeof value === 'string' ? value : generatedName(identity, logicalId);
  };
  const withArn = (name: string, service: string, resource: string): ResourceReference => ({
    ref: name,
    attributes: { Arn: arnOf(identity, service, resource) },
  });
  switch (Type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return withArn(named('TableName'), 'dynamodb', `table/${named('TableName')}`);
    case 'AWS::Lambda::Function':
      return withArn(named('FunctionName'), 'lambda', `function:${named('FunctionName')}`);
    case 'AWS::IAM::Role':
      return withArn(named('RoleName'), 'iam', `role/${named('RoleName')}`);
    case 'AWS::Logs::LogGroup':
      return withArn(named('LogGroupName'), 'logs', `log-group:${named('LogGroupName')}:*`);
    case 'AWS::Scheduler::Schedule':
      return withArn(named('Name'), 'scheduler', `schedule/default/${named('Name')}`);
    case 'AWS::Scheduler::ScheduleGroup':
      return withArn(named('Name'), 'scheduler', `schedule-group/${named('Name')}`);
    case 'AWS::SecretsManager::Secret': {
      const arn = secretArns.get(logicalId);
      return arn === undefined ? undefined : { ref: arn, attributes: { Id: arn } };
    }
    case 'AWS::KMS::Key': {
      const keyId = nameEnding(identity, logicalId);
      return { ref: keyId, attributes: { Arn: arnOf(identity, 'kms', `key/${keyId}`), KeyId: keyId } };
    }
    case 'AWS::SNS::Topic': {
      const arn = arnOf(identity, 'sns', named('TopicName'));
      return { ref: arn, attributes: { TopicArn: arn, TopicName: named('TopicName') } };
    }
    case 'AWS::SQS::Queue':
      return queueReference(named('QueueName'), identity);
    case 'AWS::ApiGatewayV2::Api':
    case 'AWS::ApiGatewayV2::Integration':
    case 'AWS::ApiGatewayV2::Authorizer':
      return { ref: nameEnding(identity, logicalId).slice(0, 10), attributes: {} };
    default:
      return undefined;
  }
}

function queueReference(name: string, identity: StackIdentity): ResourceReference {
  return {
    ref: `https://sqs.${identity.region}.amazonaws.com/${identity.accountId}/${name}`,
    attributes: { Arn: arnOf(identity, 'sqs', name), QueueName: name },
  };
}
