import type { Estimator } from "./estimator";

export const images: Record<string, Estimator> = {
  "aws:ecr/repository:Repository": (_, { declared }) => [declared("what it stores", "ecr.storage", "storedGiB")],
  // Basic scanning is free, enhanced scanning is Amazon Inspector's.
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": ({ inputs }) =>
    inputs.scanType === "ENHANCED"
      ? [{ what: "enhanced scanning", unknown: "Amazon Inspector takes its price for each image, and the file has none" }]
      : [],
};
