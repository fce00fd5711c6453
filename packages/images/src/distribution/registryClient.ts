import type { Readable } from "node:stream";

import { loginFor, type CredentialOptions, type Login } from "./credentials";
import { ImageError } from "./imageError";
import { imageTypes, indexTypes, manifestLimit, parseManifest, type Descriptor, type Manifest } from "./manifest";
import { bytesOf, send, type HttpRequest, type HttpResponse } from "./transport";

/** Options of {@link RegistryClient}. */
export interface RegistryClientOptions extends CredentialOptions {
  /** The login, where the caller knows it. What AWS or Docker have by default. */
  login?: Login;
}

const accept = [...indexTypes, ...imageTypes].join(", ");

/**
 * A registry, by the OCI distribution protocol.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export class RegistryClient {
  private readonly base: string;
  /** Value of the Authorization header, by scope. */
  private readonly authorizations = new Map<string, string>();
  private login: Promise<Login | undefined> | undefined;

  constructor(
    readonly host: string,
    private readonly options: RegistryClientOptions = {},
  ) {
    // As Docker does: a registry on this very machine speaks plain HTTP.
    const protocol = /^(localhost|127(\.\d+){3})(:\d+)?$/.test(host) ? "http" : "https";
    this.base = `${protocol}://${host === "docker.io" ? "registry-1.docker.io" : host}`;
  }

  /** The manifest of a tag or digest; undefined if there is none. */
  async manifest(repository: string, reference: string): Promise<Manifest | undefined> {
    const response = await this.request(repository, { method: "GET", url: `/manifests/${reference}`, headers: { accept } });
    if (response.status === 404) return void response.body.resume();
    const where = `${this.host}/${repository}${reference.includes(":") ? "@" : ":"}${reference}`;
    await this.refuseUnless(response, [200], where);
    const bytes = await bytesOf(response.body, manifestLimit);
    if (!bytes) throw new ImageError("FL2115", `the manifest of ${where} has more than ${manifestLimit} bytes`);
    return parseManifest(bytes, {
      digest: reference.includes(":") ? reference : undefined,
      mediaType: response.headers["content-type"]?.split(";")[0],
      where,
    });
  }

  /** Digest of a tag; undefined if there is none. */
  async digestOf(repository: string, tag: string): Promise<string | undefined> {
    const { status, headers, body } = await this.request(repository, { method: "HEAD", url: `/manifests/${tag}`, headers: { accept } });
    body.resume();
    const digest = headers["docker-content-digest"];
    return status === 200 && typeof digest === "string" ? digest : (await this.manifest(repository, tag))?.digest;
  }

  /** A config or layer, as it is stored. */
  async blob(repository: string, { digest }: Pick<Descriptor, "digest">): Promise<Readable> {
    const response = await this.request(repository, { method: "GET", url: `/blobs/${digest}` });
    await this.refuseUnless(response, [200], `${this.host}/${repository}, blob ${digest}`);
    return response.body;
  }

  async hasBlob(repository: string, digest: string): Promise<boolean> {
    const { status, body } = await this.request(repository, { method: "HEAD", url: `/blobs/${digest}` });
    body.resume();
    return status === 200;
  }

  async tags(repository: string): Promise<string[]> {
    const response = await this.request(repository, { method: "GET", url: "/tags/list" });
    if (response.status === 404) {
      response.body.resume();
      return [];
    }
    await this.refuseUnless(response, [200], `${this.host}/${repository}`);
    const bytes = await bytesOf(response.body, manifestLimit);
    return (JSON.parse(bytes?.toString("utf8") ?? "{}") as { tags?: string[] | null }).tags ?? [];
  }

  /**
   * What was attached to a digest, as its manifests' descriptors: by the registry's own list, or, where it keeps none, by the tag that takes
   * its place. Of a list in parts the first ten.
   *
   * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers
   */
  async referrers(repository: string, digest: string): Promise<Descriptor[]> {
    const found: Descriptor[] = [];
    let url: string | undefined = `/referrers/${digest}`;
    for (let part = 0; url !== undefined && part < 10; part++) {
      const response: HttpResponse = await this.request(repository, { method: "GET", url, headers: { accept: indexTypes[0] } });
      if (part === 0 && [400, 404, 405].includes(response.status)) {
        response.body.resume();
        return (await this.manifest(repository, digest.replace(":", "-")))?.manifests ?? [];
      }
      const where = `${this.host}/${repository}, what refers to ${digest}`;
      await this.refuseUnless(response, [200], where);
      const bytes = await bytesOf(response.body, manifestLimit);
      if (!bytes) throw new ImageError("FL2115", `${where} has more than ${manifestLimit} bytes`);
      found.push(...(parseManifest(bytes, { mediaType: indexTypes[0], where }).manifests ?? []));
      const next = /<([^>]{1,2000})>;\s{0,10}rel="?next"?/.exec(response.headers.link ?? "")?.[1];
      url = next && this.ownAddress(next);
    }
    return found;
  }

  /** An address that the registry names, if it is one of its own: the login is for nobody else. */
  private ownAddress(address: string): string | undefined {
    const url = new URL(address, `${this.base}/`);
    return url.origin === new URL(this.base).origin ? url.href : undefined;
  }

  /** Stores a blob; `mountFrom` is a repository of the same registry that may have it already. */
  async putBlob(
    repository: string,
    { digest, size }: Descriptor,
    content: () => Readable | Promise<Readable>,
    mountFrom?: string,
  ): Promise<void> {
    const mount = mountFrom ? `?mount=${digest}&from=${encodeURIComponent(mountFrom)}` : "";
    const started = await this.request(
      repository,
      { method: "POST", url: `/blobs/uploads/${mount}`, headers: { "content-length": "0" } },
      "pull,push",
    );
    started.body.resume();
    if (started.status === 201) return;
    await this.refuseUnless(started, [202], `${this.host}/${repository}`);
    const upload = new URL(started.headers.location!, `${this.base}/`);
    upload.searchParams.set("digest", digest);
    const headers = { "content-type": "application/octet-stream", "content-length": String(size) };
    const stored = await this.request(repository, { method: "PUT", url: upload.href, headers, body: content }, "pull,push");
    await this.refuseUnless(stored, [201], `${this.host}/${repository}, blob ${digest}`);
    stored.body.resume();
  }

  /** Stores a manifest under a tag or its digest. */
  async putManifest(repository: string, reference: string, { bytes, mediaType }: Manifest): Promise<void> {
    const headers = { "content-type": mediaType, "content-length": String(bytes.length) };
    const response = await this.request(repository, { method: "PUT", url: `/manifests/${reference}`, headers, body: bytes }, "pull,push");
    await this.refuseUnless(response, [201], `${this.host}/${repository}:${reference}`);
    response.body.resume();
  }

  async deleteManifest(repository: string, digest: string): Promise<void> {
    const { body } = await this.request(repository, { method: "DELETE", url: `/manifests/${digest}` }, "delete");
    body.resume();
  }

  private async request(repository: string, request: HttpRequest, actions = "pull"): Promise<HttpResponse> {
    const scope = `repository:${repository}:${actions}`;
    const url = request.url.startsWith("/") ? `${this.base}/v2/${repository}${request.url}` : request.url;
    const attempt = () => {
      const authorization = this.authorizations.get(scope);
      return send({ ...request, url, headers: { ...request.headers, ...(authorization && { authorization }) } });
    };
    // A stream can be sent only once: by then an upload has asked for its login.
    const response = await this.reached(attempt);
    const challenge = response.headers["www-authenticate"];
    if (response.status !== 401 || !challenge || typeof request.body === "function") return response;
    response.body.resume();
    const authorization = await this.authorize(challenge, scope);
    if (!authorization) return response;
    this.authorizations.set(scope, authorization);
    return this.reached(attempt);
  }

  private async reached(attempt: () => Promise<HttpResponse>): Promise<HttpResponse> {
    try {
      return await attempt();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new ImageError("FL2118", `${this.host} can't be reached: ${!code || message.includes(code) ? message : `${code} ${message}`}`);
    }
  }

  /** @see https://distribution.github.io/distribution/spec/auth/token/ */
  private async authorize(challenge: string, scope: string): Promise<string | undefined> {
    const login = await (this.login ??= this.findLogin());
    const basic = login && `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    if (!/^bearer /i.test(challenge)) return basic;
    const parameter = (name: string) => new RegExp(`${name}="([^"]*)"`, "i").exec(challenge)?.[1];
    const realm = parameter("realm");
    if (!realm) return undefined;
    const url = new URL(realm);
    const service = parameter("service");
    if (service) url.searchParams.set("service", service);
    url.searchParams.set("scope", scope);
    const response = await this.reached(() => send({ method: "GET", url: url.href, headers: basic ? { authorization: basic } : {} }));
    const bytes = await bytesOf(response.body, manifestLimit);
    if (response.status !== 200 || !bytes) return undefined;
    const { token, access_token: accessToken } = JSON.parse(bytes.toString("utf8")) as { token?: string; access_token?: string };
    return `Bearer ${token ?? accessToken}`;
  }

  private async findLogin(): Promise<Login | undefined> {
    try {
      return this.options.login ?? (await loginFor(this.host, this.options));
    } catch (error) {
      throw new ImageError("FL2124", `there is no login for ${this.host}: ${(error as Error).message}`);
    }
  }

  private async refuseUnless(response: HttpResponse, statuses: number[], what: string): Promise<void> {
    if (statuses.includes(response.status)) return;
    const bytes = await bytesOf(response.body, 65_536).catch(() => undefined);
    const said = /"message"\s*:\s*"([^"]{1,300})"/.exec(bytes?.toString("utf8") ?? "")?.[1];
    const meaning: Record<number, string> = {
      401: "the login is refused",
      403: "the login may not",
      404: "not there",
      429: "too many requests",
    };
    const reason = [meaning[response.status] ?? `the registry answered ${response.status}`, said].filter(Boolean).join(": ");
    throw new ImageError("FL2118", `${what}: ${reason}`);
  }
}
