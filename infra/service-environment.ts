import { environmentNames } from '../shared/configuration/environment-names.ts';
import type { Stage } from './config/stage.ts';

export interface ServiceResources {
  readonly tableName: string;
  readonly signingKeySecretArn: string;
}

/** The settings that every function of a stage reads from its environment. */
export function serviceEnvironment(stage: Stage, resources: ServiceResources): Record<string, string> {
  return {
    [environmentNames.stage]: stage.name,
    [environmentNames.tableName]: resources.tableName,
    [environmentNames.signingKeySecretArn]: resources.signingKeySecretArn,
    [environmentNames.exchangeUrl]: stage.exchange.url,
    [environmentNames.exchangePathPrefix]: stage.exchange.pathPrefix,
    [environmentNames.exchangeDialect]: JSON.stringify(stage.exchange.dialect),
    [environmentNames.spendingLimits]: JSON.stringify(stage.spendingLimits),
    [environmentNames.readers]: JSON.stringify(stage.readers),
    [environmentNames.instruments]: JSON.stringify(stage.instruments),
  };
}
