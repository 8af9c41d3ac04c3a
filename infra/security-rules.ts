import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * Has the synthesis fail when the stack breaks a rule of good practice, or deserves a warning by one, unless the place
 * where it does says why that is right.
 */
export function enforceSecurityRules(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
