import { listenOnLoopback } from '../../../local/emulators/loopback/listen.ts';
import { readBody } from '../../../local/emulators/loopback/read-body.ts';
import type { Announcement } from '../../../local/service/announcement.ts';

/** An alarm as CloudWatch lists it. */
export interface ListedAlarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
}

/** The parts of CloudFormation and CloudWatch that say where a stage is and which of its alarms are raised. */
export interface DeployedStage {
  /** What the program's environment needs to take the local stack for this deployed one. */
  readonly environment: Readonly<Record<string, string>>;
  alarms: readonly ListedAlarm[];
  /** Answers everything with this error from now on. */
  refusal: { readonly status: number; readonly code: string; readonly message: string } | undefined;
  close(): Promise<void>;
}

/** Deploys a stage, as far as people's tools can see, that is the announced local stack. */
export async function startDeployedStage(stage: string, at: Announcement): Promise<DeployedStage> {
  const outputs = {
    ApiUrl: `${at.apiUrl}/`,
    TableName: at.tableName,
    SigningKeySecretArn: at.signingKeySecretArn,
    PromoteKeyFunctionName: at.promoteKeyFunctionName,
  };
  const server = await listenOnLoopback(async (request, response) => {
    const body = (await readBody(request, 100_000))?.toString('utf8') ?? '';
    if (request.headers['x-amz-target'] !== undefined) {
      const alarms = deployed.alarms.map((alarm) => ({
        ...alarm,
        StateValue: 'ALARM',
        StateUpdatedTimestamp: 1.7e9,
      }));
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
        .end(JSON.stringify({ MetricAlarms: alarms }));
      return;
    }
    const name = new URLSearchParams(body).get('StackName') ?? '';
    const missing = { status: 400, code: 'ValidationError', message: `Stack with id ${name} does not exist` };
    const refusal = deployed.refusal ?? (name === `grid-buyer-${stage}` ? undefined : missing);
    const [status, xml] =
      refusal === undefined
        ? [200, stackXml(name, outputs)]
        : [refusal.status, errorXml(refusal.code, refusal.message)];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });
  const deployed: DeployedStage = {
    environment: {
      AWS_ENDPOINT_URL_CLOUDFORMATION: server.url,
      AWS_ENDPOINT_URL_CLOUDWATCH: server.url,
      AWS_ENDPOINT_URL_LAMBDA: at.lambda.endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: at.administrator.endpoint,
      // Nobody asks the machine that this runs on for credentials.
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    alarms: [],
    refusal: undefined,
    close: () => server.close(),
  };
  return deployed;
}

function stackXml(name: string, outputs: Readonly<Record<string, string>>): string {
  const members = Object.entries(outputs)
    .map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    )
    .join('');
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><CreationTime>2026-11-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${members}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function errorXml(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
}
