import type { Estimator } from "./estimator";
import { images } from "./images";
import { messaging } from "./messaging";
import { names } from "./names";
import { network } from "./network";
import { observability } from "./observability";
import { storage } from "./storage";
import { tasks } from "./tasks";

/** Who says what a resource costs where that is more than a price times a volume, by its type. The others are `of` their price in prices.json. */
export const estimators: Readonly<Record<string, Estimator>> = {
  ...tasks,
  ...images,
  ...network,
  ...names,
  ...storage,
  ...messaging,
  ...observability,
};
