import { readFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

interface Manifest {
  manifests?: { digest: string; platform?: { os: string; architecture: string } }[];
  config?: { digest: string };
}

/** Asks the sandbox's registry what it holds (OCI distribution protocol). */
export class RegistryClient {
  constructor(
    private readonly host: string,
    private readonly password: string,
    private readonly certificateAuthority: string,
  ) {}

  static fromEnvironment(environment = process.env): RegistryClient {
    const read = (name: string) => readFileSync(environment[name]!, "utf8");
    return new RegistryClient(
      environment.FAIRLEAD_SANDBOX_REGISTRY!,
      read("FAIRLEAD_SANDBOX_PASSWORD_FILE"),
      read("FAIRLEAD_SANDBOX_CA_FILE"),
    );
  }

  /** Platforms of `host/repository@digest`, or undefined if the registry does not have it. */
  async platforms(reference: string): Promise<string[] | undefined> {
    const [, repository, digest] = /^[^/]+\/(.+?)(?::[^@/]*)?@(sha256:[0-9a-f]{64})$/.exec(reference) ?? [];
    if (!repository || !digest) return undefined;
    const manifest = await this.json<Manifest>(`/v2/${repository}/manifests/${digest}`);
    if (manifest?.manifests) {
      const platforms = await Promise.all(
        manifest.manifests.map(async (entry) =>
          entry.platform && entry.platform.os !== "unknown"
            ? [`${entry.platform.os}/${entry.platform.architecture}`]
            : ((await this.platforms(`${this.host}/${repository}@${entry.digest}`)) ?? []),
        ),
      );
      return [...new Set(platforms.flat())].filter((platform) => !platform.startsWith("unknown")).sort();
    }
    if (!manifest?.config) return undefined;
    const config = await this.json<{ os: string; architecture: string }>(`/v2/${repository}/blobs/${manifest.config.digest}`);
    return config && [`${config.os}/${config.architecture}`];
  }

  async tags(repository: string): Promise<string[]> {
    return (await this.json<{ tags: string[] | null }>(`/v2/${repository}/tags/list`))?.tags ?? [];
  }

  async digests(repository: string): Promise<string[]> {
    const digests = await Promise.all((await this.tags(repository)).map((tag) => this.digestOf(repository, tag)));
    return [...new Set(digests.flatMap((digest) => digest ?? []))];
  }

  async digestOf(repository: string, tag: string): Promise<string | undefined> {
    return (await this.send("HEAD", `/v2/${repository}/manifests/${tag}`)).digest;
  }

  async deleteManifest(repository: string, digest: string): Promise<void> {
    await this.send("DELETE", `/v2/${repository}/manifests/${digest}`);
  }

  private async json<T>(path: string): Promise<T | undefined> {
    const { status, body } = await this.send("GET", path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`The sandbox's registry answered ${status} to GET ${path}`);
    return JSON.parse(body) as T;
  }

  private send(method: string, path: string): Promise<{ status: number; body: string; digest?: string }> {
    const authorization = `Basic ${Buffer.from(`AWS:${this.password}`).toString("base64")}`;
    const headers = { authorization, accept: manifestTypes.join(", ") };
    return new Promise((resolve, reject) => {
      const request = httpsRequest(`https://${this.host}${path}`, { method, headers, ca: this.certificateAuthority }, (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body, digest: response.headers["docker-content-digest"] as string }),
        );
      });
      request.on("error", reject).end();
    });
  }
}
