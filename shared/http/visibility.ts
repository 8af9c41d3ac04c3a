import { callerOf } from './caller.ts';

/** What of the records of others a caller gets to see, and so to cancel. */
export interface Visibility {
  /** What a list is limited to: the caller's own, or nothing in particular. */
  readonly only: { readonly principal?: string };
  /** Whether the caller is shown this one. */
  shows(record: { readonly principal: string }): boolean;
}

/**
 * A caller is shown what it has made itself; a reader is shown everything, what the schedule has made too.
 *
 * @param readers ARNs of roles
 */
export function visibilityTo(
  identity: { readonly accountId: string; readonly userArn: string },
  readers: ReadonlySet<string>,
): Visibility {
  const { principal } = callerOf(identity);
  const seesAll = [...readers].some((reader) => withoutPath(reader) === withoutPath(principal));
  return {
    only: seesAll ? {} : { principal },
    shows: (record) => seesAll || record.principal === principal,
  };
}

/** The same store, where what the caller is not shown is not found. */
export function limitedTo<
  Shown extends { readonly principal: string },
  Store extends { get(id: string): Promise<Shown | undefined> },
>(visibility: Visibility, store: Store): Store {
  return {
    ...store,
    get: async (id: string) => {
      const record = await store.get(id);
      return record !== undefined && visibility.shows(record) ? record : undefined;
    },
  };
}

/** A session's ARN has its role's name without the path. Names of roles are unique in an account, whatever their path. */
function withoutPath(arn: string): string {
  return arn.replace(/:role\/.*\//, ':role/');
}
