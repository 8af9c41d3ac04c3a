import {
  CloudFormationClient,
  type Stack as DescribedStack,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { createApiClient } from '../../local/service/api-client.ts';
import { Failure } from '../failure.ts';
import { canAsk } from '../output/look.ts';
import { readAlarms } from './alarms.ts';
import { awsFailure } from './aws-failure.ts';
import type { Target } from './target.ts';

/** Which credentials and which region. @default what the environment and its profile say */
export interface StageAccess {
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/**
 * A deployed stage, by the outputs of its stack.
 *
 * @throws Failure if there is no such stack, or it cannot be asked
 */
export async function openStage(stage: string, access: StageAccess): Promise<Target> {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(stage)) {
    throw new Failure('usage', `${JSON.stringify(stage)} is not the name of a stage.`, {
      todo: 'Name the one that was deployed with cdk deploy -c stage=NAME.',
    });
  }
  const options = clientOptions(access);
  const cloudFormation = new CloudFormationClient(options);
  const region = await regionOf(cloudFormation);
  const stack = await describe(cloudFormation, stage, region);
  const output = outputsOf(stack, stage);
  const apiUrl = output('ApiUrl').replace(/\/$/, '');
  const credentials = async () => {
    try {
      return await options.credentials();
    } catch (error) {
      throw awsFailure(error, 'The request cannot be signed');
    }
  };
  return {
    description: `stage ${stage} in ${region}`,
    stage,
    isLocal: false,
    region,
    apiUrl,
    api: async () => createApiClient(apiUrl, region, await credentials()),
    accessKeyId: async () => (await credentials()).accessKeyId,
    control: async () => {
      const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
      return { client: new DynamoDBClient(options), tableName: output('TableName') };
    },
    secret: async () => {
      const { SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
      return { client: new SecretsManagerClient(options), secret: output('SigningKeySecretArn') };
    },
    keyFunction: async () => {
      const { LambdaClient } = await import('@aws-sdk/client-lambda');
      return { client: new LambdaClient(options), functionName: output('PromoteKeyFunctionName') };
    },
    alarms: () => readAlarms(options, stage),
  };
}

function clientOptions({ region, profile }: StageAccess) {
  const named = profile === undefined ? {} : { profile };
  return {
    ...named,
    ...(region === undefined ? {} : { region }),
    credentials: defaultProvider({ ...named, mfaCodeProvider: askForCode }),
    // A laptop without a network is told so within seconds.
    maxAttempts: 2,
  };
}

/** Roles of administrators take a second factor. */
async function askForCode(serial: string): Promise<string> {
  if (!canAsk())
    throw new Failure('credentials', `The profile needs a code of ${serial}, and there is nobody to ask.`);
  const { isCancel, text } = await import('@clack/prompts');
  const code = await text({ message: `Code of ${serial}`, output: process.stderr });
  if (isCancel(code)) throw new Failure('declined', 'Nothing was done.');
  return code;
}

async function regionOf(client: CloudFormationClient): Promise<string> {
  const region = await client.config.region().catch(() => undefined);
  if (region === undefined) {
    throw new Failure('usage', 'It is not clear in which region the stage is.', {
      todo: 'Say --region REGION, or set AWS_REGION or the region of your profile.',
    });
  }
  if (/^[a-z]{2,3}(-[a-z]+)+-\d$/.test(region)) return region;
  throw new Failure('usage', `${JSON.stringify(region)} is not the name of a region.`, {
    todo: 'Say one such as --region eu-west-1.',
  });
}

async function describe(
  client: CloudFormationClient,
  stage: string,
  region: string,
): Promise<DescribedStack> {
  const StackName = `grid-buyer-${stage}`;
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks;
    if (stack !== undefined) return stack;
  } catch (error) {
    const isMissing =
      error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message);
    if (!isMissing) throw awsFailure(error, `Stage ${stage} cannot be looked up in ${region}`);
  }
  throw new Failure('not-found', `Stage ${stage} is not deployed in ${region}.`, {
    code: 'stage-not-deployed',
    why: `Your account has no stack ${StackName} there.`,
    todo: `Check --region and your account, or deploy it: npx cdk deploy -c stage=${stage}.`,
  });
}

function outputsOf({ Outputs = [] }: DescribedStack, stage: string): (name: string) => string {
  const values = new Map(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  return (name) => {
    const value = values.get(name);
    if (value !== undefined) return value;
    throw new Failure('not-found', `The stack of stage ${stage} has no output ${name}.`, {
      code: 'stage-incomplete',
      todo: `Wait until its deployment is done, or deploy it again: npx cdk deploy -c stage=${stage}.`,
    });
  };
}
