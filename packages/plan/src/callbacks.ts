import { createHash } from "node:crypto";
import { createRequire } from "node:module";

// The SDK's own copy: its requests take no other message.
const { Callback } = createRequire(require.resolve("@pulumi/pulumi"))("./proto/callback_pb") as {
  Callback: new () => { setToken(token: string): void; getToken(): string };
};

type Code = (...args: never[]) => unknown;

/**
 * Stands for the server by which the engine calls functions of a program while `up` runs. A plan calls none of them: it keeps what their code says,
 * so that other code can be told. What a function takes from around itself is no part of that.
 */
export class PlanCallbacks {
  /** Of the whole stack. */
  readonly stackTransforms: string[] = [];
  private readonly hooks = new Map<string, string>();

  /** A hook as a plan has it: its name, and what tells its code apart. */
  hook(name: string): string {
    return `${name} (${this.hooks.get(name) ?? "unknown"})`;
  }

  registerResourceHook({ name, callback }: { name: string; callback: Code }): Promise<void> {
    this.hooks.set(name, fingerprint(callback));
    return Promise.resolve();
  }

  registerErrorHook(hook: { name: string; callback: Code }): Promise<void> {
    return this.registerResourceHook(hook);
  }

  registerTransform(transform: Code) {
    const callback = new Callback();
    callback.setToken(fingerprint(transform));
    return Promise.resolve(callback);
  }

  registerStackTransform(transform: Code): void {
    this.stackTransforms.push(fingerprint(transform));
  }

  registerStackInvokeTransform(transform: Code): void {
    this.registerStackTransform(transform);
  }

  awaitStackRegistrations(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): void {
    // Nothing was started.
  }
}

const fingerprint = (code: Code) => createHash("sha256").update(code.toString()).digest("hex").slice(0, 12);
