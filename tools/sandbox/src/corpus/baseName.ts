/** What images of the corpus are built on: `bases.ts` and `serverBases.ts` say what is in each. */
export type BaseName = SystemName | ServerName;

export type SystemName = "scratch" | "debian" | "alpine" | "distroless";

export type ServerName = "node" | "python" | "python-web" | "java" | "php" | "ruby" | "nginx" | "postgres" | "redis" | "caddy";
