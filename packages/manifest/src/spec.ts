import type { CpuArchitecture, Platform } from "@fairlead/registry/platform";

/** One service in one environment: the manifest with the environment's values and all defaults filled in. Plain data. */
export interface ServiceSpec {
  name: string;
  version: string;
  /** Absolute path of the service.yaml. */
  file: string;
  build: {
    /** Absolute paths. */
    context: string;
    dockerfile: string;
    target?: string;
    args: Record<string, string>;
    platforms: Platform[];
  };
  runtimePlatform: { cpuArchitecture: CpuArchitecture };
  /** CPU units. */
  cpu: number;
  memoryMiB: number;
  desiredCount: number;
  containerPort: number;
  routes: { path: string }[];
  healthCheck: { path: string; intervalSeconds: number; timeoutSeconds: number };
  calls: string[];
  environment: Record<string, string>;
  stopTimeoutSeconds: number;
}

/** What an environment decides for services that don't say otherwise. */
export interface EnvironmentDefaults {
  cpuArchitecture: CpuArchitecture;
  /** Platforms that images are built for besides the one that the task needs. None by default. */
  additionalPlatforms?: Platform[];
  desiredCount: number;
}
