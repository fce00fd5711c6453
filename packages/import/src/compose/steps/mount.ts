import type { Field } from "../../fields/field";

/** A mount of a service. */
export interface Mount {
  field: Field;
  kind: "volume" | "bind" | "anonymous" | "tmpfs" | "unknown" | "other";
  source?: string;
  target: string;
  isReadOnly: boolean;
}
