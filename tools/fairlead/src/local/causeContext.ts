import type { Bindable, Task } from "@fairlead/local";

import type { ComposeEngine } from "./composeEngine";

/** What is known of the environment that a fix can name. */
export interface CauseContext {
  compose: ComposeEngine;
  tasks: readonly Task[];
  /** What services can bind to. */
  data: readonly Bindable[];
}
