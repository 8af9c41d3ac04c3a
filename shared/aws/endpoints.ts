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
 * @throws Error on a region that it does not know, rather than call something else
 */
export function endpointIn(region: string, service: string): URL {
  if (region === '' || apart.test(region)) throw new Error(`No endpoint is known in the region ${region}.`);
  const domain = domains.find(([prefix]) => region.startsWith(prefix))?.[1] ?? usualDomain;
  return new URL(`https://${service}.${region}.${domain}`);
}
