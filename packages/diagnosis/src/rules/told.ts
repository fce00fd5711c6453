import type { Finding } from "../finding";

/** A finding of a start, without what was seen. */
export type Told = Omit<Finding, "evidence" | "weight">;
