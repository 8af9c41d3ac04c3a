/** A pair of AWS access keys. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Only with keys that are lent for a while, as a role's are. */
  readonly sessionToken?: string;
}

/** What an AWS SDK client needs to reach one service: pass it straight to the client's constructor. */
export interface AwsEndpoint {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
}

/**
 * The public example keys of AWS's own documentation.
 * ExtendDB accepts no others, so every emulator here knows them. They open nothing outside this machine.
 */
export const exampleCredentials: AwsCredentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** The options of an SDK client for this endpoint. A copy: the SDK adds a field to the credentials object. */
export function clientOptions(server: AwsEndpoint): {
  endpoint: string;
  region: string;
  credentials: AwsCredentials;
} {
  return { endpoint: server.endpoint, region: server.region, credentials: { ...server.credentials } };
}
