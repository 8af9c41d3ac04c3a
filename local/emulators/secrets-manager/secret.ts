import * as v from 'valibot';

const versionSchema = v.object({
  id: v.string(),
  stages: v.array(v.string()),
  /** Milliseconds since the epoch, like every time in this file. */
  createdAt: v.number(),
  text: v.optional(v.string()),
  /** Base64. */
  binary: v.optional(v.string()),
});

const secretSchema = v.object({
  arn: v.string(),
  name: v.string(),
  description: v.optional(v.string()),
  createdAt: v.number(),
  changedAt: v.number(),
  /** When the secret will be gone for good. Set by a delete with a recovery window. */
  deletionAt: v.optional(v.number()),
  versions: v.array(versionSchema),
});

/** What the file of a data directory holds. */
export const secretFileSchema = v.object({ secrets: v.array(secretSchema) });

/** One value that a secret has or had. */
export type SecretVersion = v.InferOutput<typeof versionSchema>;

/** A secret with all its versions. */
export type Secret = v.InferOutput<typeof secretSchema>;

/** All secrets. Never changed in place: an operation gives a new list, which counts once it is saved. */
export type Secrets = readonly Secret[];
