/** What the SDK asks an endpoint provider with, as far as it matters here. */
interface EndpointQuestion {
  readonly Region?: string | undefined;
  /** A given address, such as an emulator's. */
  readonly Endpoint?: string | undefined;
  readonly UseFIPS?: boolean | undefined;
  readonly UseDualStack?: boolean | undefined;
}

/** Domains by the beginning of a region's name; all others are in the first. */
const domains: readonly (readonly [prefix: string, domain: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
];
const usualDomain = 'amazonaws.com';
/** Regions apart from the internet. */
const apart = /^[a-z]+-iso/;

/**
 * Where a service of AWS is called in a region. The SDK's own rules know the same and much more, and weigh as much as the rest
 * of a client; the bundles are without them.
 *
 * @param service the first label of its host name, such as `dynamodb`
 * @returns an endpoint provider for a client of the SDK. It throws on what it does not know rather than call something else.
 */
export function endpointsOf(service: string) {
  return ({
    Region = '',
    Endpoint,
    UseFIPS = false,
    UseDualStack = false,
  }: EndpointQuestion): { url: URL } => {
    if (UseFIPS || UseDualStack) {
      throw new Error('FIPS and dual-stack endpoints are not supported: see shared/aws/endpoints.ts.');
    }
    return { url: new URL(Endpoint ?? `https://${service}.${Region}.${domainOf(Region)}`) };
  };
}

function domainOf(region: string): string {
  if (region === '' || apart.test(region)) throw new Error(`No endpoint is known in the region ${region}.`);
  return domains.find(([prefix]) => region.startsWith(prefix))?.[1] ?? usualDomain;
}
