import type { Sight, StackClients } from "@fairlead/operations";

/** Whom AWS is asked through, and what it didn't tell: the rest is found all the same. */
export interface Asking {
  clients: StackClients;
  sight: Sight;
}
