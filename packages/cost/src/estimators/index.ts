import type { Estimator } from "./estimator";
import { images } from "./images";
import { messaging } from "./messaging";
import { names } from "./names";
import { network } from "./network";
import { observability } from "./observability";
import { storage } from "./storage";
import { tasks } from "./tasks";

/** Who says what a resource costs, by its type: for each type whose fact sheet calls it estimated. */
export const estimators: Readonly<Record<string, Estimator>> = {
  ...tasks,
  ...images,
  ...network,
  ...names,
  ...storage,
  ...messaging,
  ...observability,
};
