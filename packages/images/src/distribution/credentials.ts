import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ECRClientConfig } from "@aws-sdk/client-ecr";

export interface Login {
  username: string;
  password: string;
}

/** How to find the login for a registry. */
export interface CredentialOptions {
  /** What a client for ECR is made with, by region, for its registries. What the AWS SDK finds by itself by default. */
  ecr?: (region: string) => Promise<ECRClientConfig>;
}

const ecrHost = /^(?<accountId>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)(?::\d+)?$/;

/** Account and region of a private ECR registry; undefined for another one. */
export function ecrRegistry(host: string): { accountId: string; region: string } | undefined {
  const groups = ecrHost.exec(host)?.groups;
  return groups && { accountId: groups.accountId!, region: groups.region! };
}

/**
 * The login for a registry: ECR's authorization token for a private registry of ECR, else what `docker login` left. Undefined where there is
 * none: public images need none.
 */
export async function loginFor(host: string, options: CredentialOptions = {}): Promise<Login | undefined> {
  const ecr = ecrRegistry(host);
  return ecr ? ecrLoginFor(ecr.region, options) : dockerLogin(host);
}

async function ecrLoginFor(region: string, { ecr }: CredentialOptions): Promise<Login> {
  const { ECRClient, GetAuthorizationTokenCommand } = await import("@aws-sdk/client-ecr");
  const { authorizationData } = await new ECRClient((await ecr?.(region)) ?? { region }).send(new GetAuthorizationTokenCommand({}));
  const token = authorizationData?.[0]?.authorizationToken;
  if (!token) throw new Error(`ECR in ${region} gave no authorization token`);
  return fromBase64(token);
}

interface DockerConfig {
  auths?: Record<string, { auth?: string }>;
  credsStore?: string;
  credHelpers?: Record<string, string>;
}

/** @see https://docs.docker.com/reference/cli/docker/login/#credential-stores */
function dockerLogin(host: string): Login | undefined {
  const file = join(process.env.DOCKER_CONFIG ?? join(homedir(), ".docker"), "config.json");
  if (!existsSync(file)) return undefined;
  const config = JSON.parse(readFileSync(file, "utf8")) as DockerConfig;
  const server = host === "docker.io" ? "https://index.docker.io/v1/" : host;
  const helper = config.credHelpers?.[server] ?? config.credsStore;
  if (helper) return fromHelper(helper, server);
  const auth = config.auths?.[server]?.auth ?? config.auths?.[`https://${server}`]?.auth;
  return auth ? fromBase64(auth) : undefined;
}

function fromHelper(helper: string, server: string): Login | undefined {
  try {
    const answer = execFileSync(`docker-credential-${helper}`, ["get"], {
      input: server,
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    });
    const { Username: username, Secret: password } = JSON.parse(answer) as { Username: string; Secret: string };
    return { username, password };
  } catch {
    // It ends with an error where it has no login for this server.
    return undefined;
  }
}

function fromBase64(text: string): Login {
  const decoded = Buffer.from(text, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
