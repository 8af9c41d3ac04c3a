/** How a service of AWS writes its errors, and how it is called. */
export interface ServiceProtocol {
  /** Signing name, for example `dynamodb`. */
  readonly name: string;
  /** What comes before the operation in the header `x-amz-target`. */
  readonly targetPrefix: string;
  readonly contentType: string;
  /** What comes before the name of an error that is not the service's own. */
  readonly errorPrefix: string;
  /** Largest request, bytes. */
  readonly bodyLimit: number;
}

export const dynamoDbProtocol: ServiceProtocol = {
  name: 'dynamodb',
  targetPrefix: 'DynamoDB_20120810.',
  contentType: 'application/x-amz-json-1.0',
  errorPrefix: 'com.amazon.coral.service#',
  bodyLimit: 16 * 1024 * 1024,
};

export const secretsManagerProtocol: ServiceProtocol = {
  name: 'secretsmanager',
  targetPrefix: 'secretsmanager.',
  contentType: 'application/x-amz-json-1.1',
  errorPrefix: '',
  bodyLimit: 1024 * 1024,
};
