/** What images are built on: `bases.ts`, `serverBases.ts` and `localBases.ts` say what is in each. */
export type BaseName = SystemName | ServerName | LocalName;

export type SystemName = "scratch" | "debian" | "alpine" | "distroless";

export type ServerName = "node" | "python" | "python-web" | "java" | "php" | "ruby" | "nginx" | "postgres" | "redis" | "caddy";

/** What the part `local` runs and no image of the corpus is built on. */
export type LocalName = "pause" | "haproxy" | "postgres-server" | "valkey" | "moto" | "aws-cli";
