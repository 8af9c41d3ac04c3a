import * as v from 'valibot';
import type { FunctionDescription } from '../lambda/function-description.ts';
import { readProperties } from '../template/read-properties.ts';
import type { References } from '../template/references.ts';
import { resourcesOfType } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';

/** One route of the API. */
export interface RouteDescription {
  /** For example `POST /orders` or `$default`. */
  readonly routeKey: string;
  readonly authorization: 'AWS_IAM' | 'NONE';
  readonly functionLogicalId: string;
  /** How long the API waits for the function, milliseconds. */
  readonly timeoutMs: number;
}

/** The HTTP API of the template. */
export interface HttpApiDescription {
  readonly logicalId: string;
  readonly apiId: string;
  /** `$default`, or a name that then begins every path. */
  readonly stage: string;
  readonly routes: readonly RouteDescription[];
}

const apiSchema = v.object({ ProtocolType: v.literal('HTTP', 'only HTTP APIs are supported') });

const stageSchema = v.object({ StageName: v.string() });

const integrationSchema = v.object({
  IntegrationType: v.literal('AWS_PROXY', 'only Lambda functions are supported as targets'),
  IntegrationUri: v.string(),
  PayloadFormatVersion: v.literal('2.0', 'only payload format 2.0 is supported'),
  TimeoutInMillis: v.optional(v.number(), 30_000),
});

const routeSchema = v.object({
  RouteKey: v.string(),
  Target: v.string(),
  AuthorizationType: v.optional(
    v.picklist(['AWS_IAM', 'NONE'], 'only AWS_IAM and NONE are supported'),
    'NONE',
  ),
});

/**
 * The HTTP API of the template, undefined when it has none.
 * @throws TemplateError when there are several, or a route cannot be served
 */
export function readHttpApi(
  references: References,
  functions: readonly FunctionDescription[],
): HttpApiDescription | undefined {
  const [api, ...more] = resourcesOfType(references.template, 'AWS::ApiGatewayV2::Api');
  if (api === undefined) return undefined;
  const [logicalId, resource] = api;
  if (more.length > 0) throw new TemplateError('The template holds several HTTP APIs; one is supported.');
  readProperties(logicalId, resource, apiSchema, references);
  return {
    logicalId,
    apiId: references.resources.get(logicalId)?.ref ?? logicalId,
    stage: readStage(references),
    routes: readRoutes(references, functions),
  };
}

function readStage(references: References): string {
  const [stage, ...more] = resourcesOfType(references.template, 'AWS::ApiGatewayV2::Stage').map(
    ([logicalId, resource]) => readProperties(logicalId, resource, stageSchema, references).StageName,
  );
  if (more.length > 0) throw new TemplateError('The HTTP API has several stages; one is supported.');
  return stage ?? '$default';
}

function readRoutes(references: References, functions: readonly FunctionDescription[]): RouteDescription[] {
  const integrations = readIntegrations(references, functions);
  return resourcesOfType(references.template, 'AWS::ApiGatewayV2::Route').map(([logicalId, resource]) => {
    const route = readProperties(logicalId, resource, routeSchema, references);
    const integration = integrations.get(route.Target);
    if (integration === undefined) {
      throw new TemplateError(`${logicalId}: there is no integration for its target ${route.Target}`);
    }
    return { routeKey: route.RouteKey, authorization: route.AuthorizationType, ...integration };
  });
}

type Integration = Pick<RouteDescription, 'functionLogicalId' | 'timeoutMs'>;

/** The integrations by the way routes name them. */
function readIntegrations(
  references: References,
  functions: readonly FunctionDescription[],
): Map<string, Integration> {
  const integrations = resourcesOfType(references.template, 'AWS::ApiGatewayV2::Integration');
  return new Map(
    integrations.map(([logicalId, resource]) => {
      const properties = readProperties(logicalId, resource, integrationSchema, references);
      // The URI is the function's ARN, or a longer ARN of API Gateway that ends in it and `/invocations`.
      const target = functions.find(({ arn }) =>
        [arn, `${arn}/invocations`].some((ending) => properties.IntegrationUri.endsWith(ending)),
      );
      if (target === undefined) {
        throw new TemplateError(`${logicalId}: its target is not a function of this template`);
      }
      const integration = { functionLogicalId: target.logicalId, timeoutMs: properties.TimeoutInMillis };
      return [`integrations/${references.resources.get(logicalId)?.ref ?? ''}`, integration];
    }),
  );
}
