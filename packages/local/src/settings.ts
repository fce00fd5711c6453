/** What of an environment on one machine the plan doesn't say. */
export interface LocalSettings {
  /** Compose's name for it: before each container, network and volume. */
  project: string;
  /** The repository's folder. Paths of the file begin here. */
  root: string;
  /** Where files that containers read are written, below the root. */
  folder: string;
  /** On this machine, by the load balancer's port: `{ 80: 8080 }`. */
  ports: Readonly<Record<number, number>>;
  /** Block of IPv4 addresses for the networks, such as `198.18.4.0/22`. */
  addresses: string;
  /** Subnets that networks of the environment have there already, by their names in the Compose file. */
  subnets?: Readonly<Record<string, string>>;
  images: LocalImages;
  /** Of the containers, where it isn't the machine's own: `linux/arm64`, or `task` for what each is deployed on. */
  platform?: string;
  /** CPUs that the engine's machine has; it refuses to give more. */
  cpus: number;
  /** Most files that the engine may let a container have open, where that is known. */
  openFiles?: number;
  /** Folders that an image will have as a `VOLUME`, by its Dockerfile. */
  imageVolumes: (build: BuildFile) => readonly string[];
  /** What of its context a Dockerfile takes, as written there: `src`, `package*.json`. */
  buildSources: (build: BuildFile) => readonly string[];
}

/** By which file an image is built. Paths begin at the root. */
export interface BuildFile {
  context: string;
  dockerfile: string;
  target?: string;
}

/** Images that stand for what AWS runs. */
export interface LocalImages {
  /** Holds a task's network, and does nothing. */
  pause: string;
  loadBalancer: string;
  /** By engine and major version, such as `postgres:16`; those of databases and caches. */
  data: (engine: string, majorVersion: string) => string;
  /** Answers AWS's API on {@link awsEmulatorPort}. */
  awsEmulator: string;
  awsCli: string;
}

/** @see https://docs.localstack.cloud/references/internal-endpoints: the port that emulators of AWS share. */
export const awsEmulatorPort = 4566;
