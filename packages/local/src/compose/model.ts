/**
 * As much of a Compose file as is written here, with Compose's own names.
 *
 * @see https://docs.docker.com/reference/compose-file/
 */
export interface ComposeFile {
  name: string;
  services: Record<string, ComposeService>;
  networks: Record<string, ComposeNetwork>;
  volumes: Record<string, ComposeVolume>;
  configs: Record<string, ComposeConfig>;
  /** Of builds: each is a variable of whoever builds. */
  secrets: Record<string, { environment: string }>;
}

/** What one part of an environment adds to the file. Names are the file's own: no two parts may use the same. */
export interface ComposePart {
  services?: Record<string, ComposeService>;
  networks?: Record<string, ComposeNetwork>;
  volumes?: Record<string, ComposeVolume>;
  configs?: Record<string, ComposeConfig>;
  secrets?: Record<string, { environment: string }>;
}

/** A value that Compose takes from the file of secrets, so that it stands in no file of ours. */
export interface SecretVariable {
  /** Its name in that file. */
  variable: string;
}

/** When what another service starts for is reached. */
export type DependencyCondition = "service_started" | "service_healthy" | "service_completed_successfully";

/** One container. */
export interface ComposeService {
  image: string;
  build?: ComposeBuild;
  platform?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | SecretVariable>;
  user?: string;
  working_dir?: string;
  init?: boolean;
  tty?: boolean;
  stdin_open?: boolean;
  hostname?: string;
  privileged?: boolean;
  /** `service:<name>` for another's, or `host`. */
  pid?: string;
  read_only?: boolean;
  cap_add?: string[];
  cap_drop?: string[];
  security_opt?: string[];
  ulimits?: Record<string, { soft: number; hard: number }>;
  sysctls?: Record<string, string>;
  devices?: string[];
  shm_size?: string;
  tmpfs?: string[];
  volumes?: ComposeMount[];
  /** Services whose mounts it has too. */
  volumes_from?: string[];
  configs?: { source: string; target: string; mode?: string }[];
  /** Such as `512m`. */
  mem_limit?: string;
  mem_reservation?: string;
  /** With the swap beside it. The same as `mem_limit` is none, as on Fargate. */
  memswap_limit?: string;
  mem_swappiness?: number;
  cpus?: number;
  cpu_shares?: number;
  healthcheck?: { test: string[]; interval?: string; timeout?: string; retries?: number; start_period?: string } | { disable: true };
  stop_grace_period?: string;
  restart?: "no" | "always" | "unless-stopped" | string;
  depends_on?: Record<string, { condition: DependencyCondition; restart?: boolean }>;
  network_mode?: string;
  networks?: Record<string, { aliases?: string[]; ipv4_address?: string }>;
  dns?: string[];
  dns_search?: string[];
  extra_hosts?: string[];
  /** Such as `127.0.0.1:8080:80`. */
  ports?: string[];
  profiles?: string[];
  labels?: Record<string, string>;
  logging?: { driver: string; options?: Record<string, string> };
  develop?: { watch: ComposeWatch[] };
}

export interface ComposeBuild {
  context: string;
  dockerfile?: string;
  target?: string;
  args?: Record<string, string>;
  /** Names of the file's secrets, each for the id that the Dockerfile asks for. */
  secrets?: { source: string; target: string }[];
  ssh?: string[];
}

export interface ComposeMount {
  type: "volume" | "bind";
  source?: string;
  target: string;
  read_only?: boolean;
  volume?: { nocopy?: boolean };
}

export interface ComposeWatch {
  action: "rebuild" | "sync" | "restart" | "sync+restart";
  path: string;
  target?: string;
  ignore?: string[];
}

export interface ComposeNetwork {
  /** Without a way out. */
  internal?: boolean;
  /** Docker hands out the addresses of `ip_range`. */
  ipam?: { config: { subnet: string; ip_range: string; gateway: string }[] };
}

export interface ComposeVolume {
  labels?: Record<string, string>;
}

export interface ComposeConfig {
  content: string;
}
