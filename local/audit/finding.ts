/** Something that must not be so. */
export interface Finding {
  /** The file or package that it is about. */
  readonly place: string;
  /** What is wrong, and what to do about it. */
  readonly problem: string;
}
