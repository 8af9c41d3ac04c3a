import type { Template } from '../template/template.ts';
import { TemplateError } from '../template/template-error.ts';

/** Types that would start a function or answer a request in AWS, and that nothing here plays. */
const unsupportedTypes = new Set([
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::Events::Rule',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Url',
  'AWS::StepFunctions::StateMachine',
]);

/**
 * Refuses a template with a trigger that would silently never fire.
 * @throws TemplateError
 */
export function refuseUnsupported(template: Template): void {
  for (const [logicalId, { Type }] of Object.entries(template.Resources)) {
    if (unsupportedTypes.has(Type)) throw new TemplateError(`${logicalId}: ${Type} is not emulated`);
  }
}
