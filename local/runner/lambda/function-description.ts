/** A Lambda function as the template describes it. */
export interface FunctionDescription {
  readonly logicalId: string;
  /** Name as Lambda knows it, in `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly name: string;
  readonly arn: string;
  /** Absolute path of the folder that would be uploaded. */
  readonly assetPath: string;
  /** For example `index.handler`. */
  readonly handler: string;
  /** For example `nodejs24.x`. */
  readonly runtime: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** Environment variables of the template, with references resolved. */
  readonly environment: Readonly<Record<string, string>>;
  /** Invocations beyond this many at a time are throttled. Undefined: no limit. */
  readonly reservedConcurrency: number | undefined;
  readonly logFormat: 'JSON' | 'Text';
  /** Lowest level that is written, for example `INFO`. Undefined: all. */
  readonly logLevel: string | undefined;
  readonly logGroup: string;
  readonly logStream: string;
  /** ARN of the execution role, or undefined when the template's value cannot be resolved. */
  readonly roleArn: string | undefined;
}
