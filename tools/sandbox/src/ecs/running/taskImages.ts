import { bytesOf, dockerArchive, ImageError, json, RegistrySource, type Manifest } from "@fairlead/images";

import { registryLogin } from "../../registryAccess";
import type { DockerClient } from "./dockerClient";
import { TaskProblem } from "./taskProblem";

/** An image that the engine has. */
export interface TaskImage {
  /** What the engine knows it by. */
  name: string;
  /** What the task's reference leads to. */
  digest: string;
  environment: string[];
  volumes: string[];
}

interface Config {
  os?: string;
  architecture?: string;
  config?: { Env?: string[]; Volumes?: Record<string, object> };
}

const configLimit = 4 * 1024 * 1024;

/** Gives the engine the images of tasks, from the sandbox's registry, for one platform. */
export class TaskImages {
  private readonly known = new Map<string, Promise<TaskImage>>();

  constructor(
    private readonly docker: DockerClient,
    private readonly platform: string,
  ) {}

  /** @throws TaskProblem as ECS says what it can't pull */
  provide(image: string): Promise<TaskImage> {
    const known = this.known.get(image) ?? this.load(image);
    this.known.set(image, known);
    // A tag that is not there may come.
    known.catch(() => this.known.delete(image));
    return known;
  }

  private async load(image: string): Promise<TaskImage> {
    const source = new RegistrySource(image, { login: registryLogin() });
    const root = await source.root().catch((error: unknown) => {
      if (!(error instanceof ImageError)) throw error;
      throw new TaskProblem(
        `CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref ${image}: ${image}: not found`,
      );
    });
    const manifest = await this.ofPlatform(source, root);
    const config = manifest && (json((await bytesOf(await source.blob(manifest.config!), configLimit))!, image) as Config);
    if (!config || `${config.os}/${config.architecture}` !== this.platform) {
      const problem = `image Manifest does not contain descriptor matching platform '${this.platform}'`;
      throw new TaskProblem(`CannotPullContainerError: pull image manifest has been retried 7 time(s): ${problem}`);
    }
    const name = manifest.config!.digest;
    if (!(await this.docker.hasImage(name))) await this.docker.load(dockerArchive(source, manifest, `localhost/task:${name.slice(7, 19)}`));
    return { name, digest: root.digest, environment: config.config?.Env ?? [], volumes: Object.keys(config.config?.Volumes ?? {}) };
  }

  private async ofPlatform(source: RegistrySource, root: Manifest): Promise<Manifest | undefined> {
    if (!root.manifests) return root;
    const found = root.manifests.find(({ platform }) => `${platform?.os}/${platform?.architecture}` === this.platform);
    return found && source.manifest(found);
  }
}
