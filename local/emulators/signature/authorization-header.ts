/** The parts of a Signature Version 4 `Authorization` header. */
export interface Authorization {
  readonly accessKeyId: string;
  /** Day of the credential scope, `YYYYMMDD`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** Names in the order given, lower case. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

const shape =
  /^AWS4-HMAC-SHA256 +Credential=([^/, ]+)\/(\d{8})\/([^/, ]+)\/([^/, ]+)\/aws4_request, *SignedHeaders=([a-z0-9;_-]+), *Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header, or gives undefined when it is not one of Signature Version 4. */
export function parseAuthorization(header: string): Authorization | undefined {
  const match = shape.exec(header.trim());
  if (match === null) return undefined;
  const [, accessKeyId = '', day = '', region = '', service = '', signedHeaders = '', signature = ''] = match;
  return { accessKeyId, day, region, service, signedHeaders: signedHeaders.split(';'), signature };
}
