import type { ContainerState, DockerClient } from "../src/ecs/running/dockerClient";
import { DockerError } from "../src/ecs/running/dockerClient";

/** What a container of an image does. */
export interface Behaviour {
  /** What the engine says as it is started. */
  refusal?: string;
  /** It ends by itself after as many milliseconds. */
  endsAfter?: number;
  exitCode?: number;
  oomKilled?: boolean;
  /** What its health check ends with. */
  health?: number;
}

interface FakeContainer {
  behaviour: Behaviour;
  words: string[];
  state: ContainerState;
  end: () => void;
  ended: Promise<void>;
}

/** An engine whose containers do what is said of their images. */
export class FakeDocker {
  readonly containers = new Map<string, FakeContainer>();
  /** As they were started and had ended. */
  readonly history: string[] = [];

  constructor(private readonly behaviours: Record<string, Behaviour>) {}

  get client(): DockerClient {
    return this as unknown as DockerClient;
  }

  command(words: string[]): Promise<string> {
    const name = words.find((word) => word.startsWith("--name="))!.slice(7);
    const behaviour = this.behaviours[words.find((word) => word in this.behaviours)!]!;
    let tellEnd!: () => void;
    const ended = new Promise<void>((resolve) => (tellEnd = resolve));
    const state = { isRunning: false, exitCode: behaviour.exitCode ?? 0, oomKilled: behaviour.oomKilled ?? false, error: "" };
    const end = () => {
      if (state.isRunning) this.history.push(`${name} ended`);
      state.isRunning = false;
      tellEnd();
    };
    this.containers.set(name, { behaviour, words, state, end, ended });
    return Promise.resolve("");
  }

  createNetworkHolder(): Promise<string> {
    return Promise.resolve("172.30.0.2");
  }

  start(name: string): Promise<void> {
    const { behaviour, state, end } = this.containers.get(name)!;
    if (behaviour.refusal) return Promise.reject(new DockerError(behaviour.refusal));
    state.isRunning = true;
    this.history.push(`${name} started`);
    if (behaviour.endsAfter !== undefined) setTimeout(end, behaviour.endsAfter);
    return Promise.resolve();
  }

  ended(name: string): Promise<void> {
    return this.containers.get(name)!.ended;
  }

  state(name: string): Promise<ContainerState> {
    return Promise.resolve(this.containers.get(name)!.state);
  }

  stop(name: string): Promise<void> {
    this.containers.get(name)!.end();
    return Promise.resolve();
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }

  exec(name: string): Promise<number> {
    return Promise.resolve(this.containers.get(name)!.behaviour.health ?? 0);
  }

  logs(): Promise<{ at: string; message: string }[]> {
    return Promise.resolve([]);
  }
}
