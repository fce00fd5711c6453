import { request, type IncomingMessage } from "node:http";
import type { Readable } from "node:stream";

import { run } from "../../machine/run";

type Document = Record<string, any>;

/** What Docker's engine says when it does not do what it is asked. */
export class DockerError extends Error {}

/** A container as the engine has it. */
export interface ContainerState {
  isRunning: boolean;
  exitCode: number;
  oomKilled: boolean;
  /** Why it could not be started. */
  error: string;
}

/** Docker's engine by its API, as ECS's agent uses it. */
export class DockerClient {
  private readonly socketPath: string;

  constructor(private readonly variables: NodeJS.ProcessEnv) {
    this.socketPath = variables.DOCKER_HOST!.replace("unix://", "");
  }

  /** The words of a call of the command line, `create` for one. */
  async command(words: string[]): Promise<string> {
    try {
      return await run("docker", words, { env: this.variables });
    } catch (error) {
      throw new DockerError((error as Error).message.split("\n").slice(1).join("\n"));
    }
  }

  /** An image as `docker save` writes it. */
  async load(archive: Readable): Promise<void> {
    const answer = await this.send("POST", "/images/load?quiet=1", archive, "application/x-tar");
    if (/"error"/.test(answer)) throw new DockerError(answer);
  }

  async hasImage(name: string): Promise<boolean> {
    return this.send("GET", `/images/${encodeURIComponent(name)}/json`).then(
      () => true,
      () => false,
    );
  }

  /** A container that only holds a network for the others of its task; returns its address. */
  async createNetworkHolder(name: string, image: string, dns: string): Promise<string> {
    // Docker lets everybody listen below 1024, which Linux, and Fargate, don't.
    const Sysctls = { "net.ipv4.ip_unprivileged_port_start": "1024" };
    const HostConfig = { Dns: [dns], NetworkMode: "bridge", Sysctls };
    await this.json("POST", `/containers/create?name=${name}`, { Image: image, HostConfig });
    await this.start(name);
    return (await this.json("GET", `/containers/${name}/json`)).NetworkSettings.IPAddress as string;
  }

  async start(name: string): Promise<void> {
    await this.send("POST", `/containers/${name}/start`);
  }

  async state(name: string): Promise<ContainerState> {
    const { State } = await this.json("GET", `/containers/${name}/json`);
    return { isRunning: State.Running, exitCode: State.ExitCode, oomKilled: State.OOMKilled, error: State.Error };
  }

  /** Resolves when it has ended. */
  async ended(name: string): Promise<void> {
    await this.json("POST", `/containers/${name}/wait`);
  }

  /** SIGTERM, and SIGKILL after a time. */
  async stop(name: string, seconds: number): Promise<void> {
    await this.send("POST", `/containers/${name}/stop?t=${Math.max(1, Math.round(seconds))}`);
  }

  async remove(name: string): Promise<void> {
    await this.send("DELETE", `/containers/${name}?force=1&v=1`).catch(() => undefined);
  }

  /** What a command in the container ends with; what ran too long is no success. */
  async exec(name: string, words: string[], seconds: number): Promise<number> {
    const { Id } = await this.json("POST", `/containers/${name}/exec`, { Cmd: words, AttachStdout: true, AttachStderr: true });
    const ended = this.send("POST", `/exec/${Id}/start`, JSON.stringify({ Detach: false }));
    const late = new Promise<"late">((resolve) => setTimeout(() => resolve("late"), seconds * 1000).unref());
    if ((await Promise.race([ended, late])) === "late") return -1;
    return (await this.json("GET", `/exec/${Id}/json`)).ExitCode as number;
  }

  /** Lines that it wrote from a time on (seconds since 1970, with a fraction), with when; to whichever stream. */
  async logs(name: string, since: string): Promise<{ at: string; message: string }[]> {
    const raw = await this.bytes("GET", `/containers/${name}/logs?stdout=1&stderr=1&timestamps=1&since=${since}`);
    const lines: { at: string; message: string }[] = [];
    // Each frame has a head of 8 bytes: the stream, and the length of what follows.
    for (let at = 0; at + 8 <= raw.length;) {
      const length = raw.readUInt32BE(at + 4);
      const text = raw.toString("utf8", at + 8, at + 8 + length);
      const space = text.indexOf(" ");
      lines.push({ at: text.slice(0, space), message: text.slice(space + 1).replace(/\n$/, "") });
      at += 8 + length;
    }
    return lines;
  }

  private async json(method: string, path: string, body?: object): Promise<Document> {
    const text = await this.send(method, path, body && JSON.stringify(body));
    return text ? (JSON.parse(text) as Document) : {};
  }

  private async send(method: string, path: string, body?: string | Readable, type = "application/json"): Promise<string> {
    return (await this.bytes(method, path, body, type)).toString();
  }

  private async bytes(method: string, path: string, body?: string | Readable, type = "application/json"): Promise<Buffer> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = body === undefined ? {} : { "content-type": type };
      const asked = request({ socketPath: this.socketPath, method, path, headers }, resolve).on("error", reject);
      if (body === undefined || typeof body === "string") asked.end(body);
      else body.on("error", reject).pipe(asked);
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (answer.statusCode! < 400) return bytes;
    throw new DockerError((JSON.parse(bytes.toString()) as { message: string }).message);
  }
}
