import type { Estimator } from "./estimator";

export const images: Record<string, Estimator> = {
  // Basic scanning is free, enhanced scanning is Amazon Inspector's.
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": ({ inputs }) =>
    inputs.scanType === "ENHANCED"
      ? [{ what: "enhanced scanning", unknown: "Amazon Inspector takes its price for each image, and the file has none" }]
      : [],
};
