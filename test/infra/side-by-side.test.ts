import { describe, expect, it } from 'vitest';
import { functionNames } from '../../infra/function-names.ts';
import { metricNamespace } from '../../shared/observability/names.ts';
import { exampleSettings, toppedUpInstrument } from './support/example-settings.ts';
import { resources } from './support/resources.ts';
import { synthesizeStages } from './support/synthesize.ts';

/** With everything that a stage may ask for, so that everything is there that could get into another's way. */
const settings = {
  ...exampleSettings,
  instruments: [toppedUpInstrument],
  alarmAddresses: { page: ['on-call@example.com'], ticket: ['team@example.com'] },
  watchSigningKeyReads: true,
  keyAdministrators: ['arn:aws:iam::111122223333:role/keys'],
  readers: ['arn:aws:iam::111122223333:role/on-call'],
};
const stages = synthesizeStages({ amber: settings, violet: settings });
const other: Readonly<Record<string, string>> = { amber: 'violet', violet: 'amber' };

/** Properties that give a resource a name which nothing else of its type in the account may have. */
const namesOfTheAccount = [
  'AlarmName',
  'Alias',
  'AliasName',
  'DashboardName',
  'FunctionName',
  'GroupName',
  'LogGroupName',
  'ManagedPolicyName',
  'Name',
  'QueueName',
  'RoleName',
  'TableName',
  'TopicName',
];

/** Types that have a name by which people find them, and are given one that says which stage it is. */
const named = ['AWS::ApiGatewayV2::Api', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard'];

/**
 * Types that CloudFormation names without the stack, or that have no name at all. What people see of them is their
 * description.
 */
const described = ['AWS::KMS::Key', 'AWS::SecretsManager::Secret'];

/** All objects within a value that have this property. */
function objectsWith(value: unknown, property: string): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap((part) => objectsWith(part, property));
  return property in value ? [value as Record<string, unknown>, ...found] : found;
}

function nameOf(properties: Readonly<Record<string, unknown>>): readonly unknown[] {
  return namesOfTheAccount.map((name) => properties[name]).filter((value) => value !== undefined);
}

describe.each(stages.map(({ stack, template }) => ({ name: stack.stackName.slice(11), stack, template })))(
  'the stage $name beside another one',
  ({ name, stack, template }) => {
    const all = resources(template);

    it('has its name in every fixed name, and leaves all others to CloudFormation, which takes that of the stack', () => {
      const fixed = all
        .map(({ Type, Properties }) => ({ Type, names: nameOf(Properties) }))
        // A function, a role or a table of the stack itself.
        .map(({ Type, names }) => ({ Type, names: names.filter((one) => typeof one === 'string') }))
        .filter(({ names }) => names.length > 0);
      const without = fixed.filter(({ names }) =>
        names.some((one) => !`${one}-`.startsWith(`grid-buyer-${name}-`)),
      );
      expect(without).toEqual([]);
      expect(new Set(fixed.map(({ Type }) => Type))).toEqual(new Set(named));
      expect(stack.stackName).toBe(`grid-buyer-${name}`);
    });

    it('is told in the description of what has no name of its own', () => {
      const keysAndSecrets = all.filter(({ Type }) => described.includes(Type));
      expect(new Set(keysAndSecrets.map(({ Type }) => Type))).toEqual(new Set(described));
      for (const { Properties } of keysAndSecrets) {
        expect(Properties['Description']).toContain(`grid-buyer-${name}`);
      }
    });

    it('is told in the messages of its alarms, and in its tags', () => {
      const topics = all.filter(({ Type }) => Type === 'AWS::SNS::Topic');
      expect(topics).toHaveLength(2);
      for (const { Properties } of topics) expect(Properties['DisplayName']).toContain(` ${name}: `);
      expect(stack.tags.tagValues()).toMatchObject({ stage: name });
    });

    it('measures as itself: all its own metrics have its name', () => {
      const metrics = all
        .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
        .flatMap(({ Properties }) => objectsWith(Properties, 'MetricName'))
        .filter(({ Namespace }) => Namespace === metricNamespace);
      expect(metrics.length).toBeGreaterThan(10);
      for (const { Dimensions } of metrics) {
        expect(Dimensions).toContainEqual({ Name: 'stage', Value: name });
      }
    });

    it('signs its orders as itself: every function knows the name', () => {
      const functions = all.filter(({ Type }) => Type === 'AWS::Lambda::Function');
      expect(functions).toHaveLength(functionNames.length);
      for (const { Properties } of functions) {
        expect(Properties['Environment']).toMatchObject({ Variables: { STAGE: name } });
      }
    });

    it('neither names nor uses anything of the other, and gives nothing out under a name', () => {
      expect(JSON.stringify(template.toJSON())).not.toContain(other[name]);
      expect(stack.dependencies).toEqual([]);
      expect(objectsWith(template.toJSON(), 'Fn::ImportValue')).toEqual([]);
      expect(objectsWith(template.toJSON(), 'Fn::GetStackOutput')).toEqual([]);
      expect(objectsWith(template.findOutputs('*'), 'Export')).toEqual([]);
    });

    it('refers to what is in its own template only', () => {
      const known = new Set([
        ...all.map(({ logicalId }) => logicalId),
        ...Object.keys(template.findParameters('*')),
      ]);
      const referred = [
        ...objectsWith(template.toJSON(), 'Ref').map(({ Ref }) => String(Ref)),
        ...objectsWith(template.toJSON(), 'Fn::GetAtt').map((one) => String([one['Fn::GetAtt']].flat()[0])),
      ].filter((target) => !target.startsWith('AWS::'));
      expect(referred.length).toBeGreaterThan(100);
      expect(referred.filter((target) => !known.has(target))).toEqual([]);
    });
  },
);

it('two stages have the same code: what differs is in their settings', () => {
  const [amber, violet] = stages.map(({ template }) =>
    resources(template, 'AWS::Lambda::Function').map(({ Properties }) => Properties['Code']),
  );
  expect(amber).toEqual(violet);
});
