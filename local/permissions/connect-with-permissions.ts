import type { AwsEndpoint } from '../emulators/aws-endpoint.ts';
import type { LoopbackServer } from '../emulators/loopback/listen.ts';
import type { ConnectorContext, FunctionConnector } from '../runner/function-connector.ts';
import type { FunctionDescription } from '../runner/lambda/function-description.ts';
import { TemplateError } from '../runner/template/template-error.ts';
import { Permissions } from './permissions.ts';
import { decide } from './policies/decide.ts';
import { readPolicies } from './policies/read-policies.ts';
import { dynamoDbProtocol, secretsManagerProtocol } from './proxy/service-protocol.ts';
import { type ProxyOptions, startProxy } from './proxy/start-proxy.ts';
import { createTableKeys } from './requests/table-keys.ts';
import { wantedOfDynamoDb } from './requests/wanted-of-dynamodb.ts';
import { wantedOfSecrets } from './requests/wanted-of-secrets.ts';
import { RoleKeys } from './role-keys.ts';

/** What a running stack gives to who looks after its permissions. */
export interface PermissionControl {
  readonly permissions: Permissions;
  /** DynamoDB as who has taken a role sees it. */
  dynamoDbAs(roleArn: string): AwsEndpoint;
}

/**
 * Holds every function to the policies of its role, as AWS does: what the template does not allow is refused.
 *
 * @param onReady gets what it takes to change the policies while the stack runs, or to take a role oneself
 */
export function connectWithPermissions(onReady?: (control: PermissionControl) => void): FunctionConnector {
  return async (context) => {
    const { references, onDenied } = context;
    const permissions = new Permissions(readPolicies(references), references.identity.region, onDenied);
    for (const description of context.functions) checkTrust(description, permissions);
    const keys = new RoleKeys();
    const lent = new Map(
      context.functions.map((one) => [one.logicalId, keys.lend(one.roleArn ?? '', one)] as const),
    );
    const [dynamoDb, secretsManager] = await startProxies(context, keys, permissions);
    onReady?.({
      permissions,
      dynamoDbAs: (roleArn) => ({
        endpoint: dynamoDb.url,
        region: references.identity.region,
        credentials: keys.lend(roleArn),
      }),
    });
    return {
      accessOf: (description) => ({
        credentials: lent.get(description.logicalId) ?? keys.lend(description.roleArn ?? '', description),
        dynamoDbEndpoint: dynamoDb.url,
        secretsManagerEndpoint: secretsManager.url,
      }),
      allows: (request) => permissions.allows(request),
      close: async () => {
        await Promise.all([dynamoDb.close(), secretsManager.close()]);
      },
    };
  };
}

/** @throws TemplateError when Lambda may not take the role of a function: AWS then refuses to make the function */
function checkTrust({ logicalId, roleArn }: FunctionDescription, { policies }: Permissions): void {
  const principal = { kind: 'service', name: 'lambda.amazonaws.com' } as const;
  const decision = decide(policies, {
    principal,
    action: 'sts:AssumeRole',
    resource: roleArn ?? '',
    context: {},
  });
  if (!decision.allowed) {
    throw new TemplateError(`${logicalId}: Lambda may not take its role: ${decision.why}`);
  }
}

async function startProxies(
  { dynamoDb, secretsManager, tables, secrets, references, now }: ConnectorContext,
  keys: RoleKeys,
  permissions: Permissions,
): Promise<[LoopbackServer, LoopbackServer]> {
  const { identity, resources } = references;
  const tableKeys = createTableKeys(tables, identity);
  const known = secrets.map((secret) => ({ ...secret, arn: resources.get(secret.logicalId)?.ref ?? '' }));
  const start = (
    server: AwsEndpoint,
    protocol: ProxyOptions['protocol'],
    serverNow: () => number,
    wantedOf: ProxyOptions['wantedOf'],
  ) => startProxy({ server, protocol, wantedOf, keys, permissions, now, serverNow });
  const first = await start(dynamoDb, dynamoDbProtocol, Date.now, (operation, input) =>
    wantedOfDynamoDb(operation, input, tableKeys),
  );
  const second = await start(secretsManager, secretsManagerProtocol, now, (operation, input) =>
    wantedOfSecrets(operation, input, { identity, secrets: known }),
  );
  return [first, second];
}
