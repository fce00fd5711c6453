import type { Properties, World } from "./world";

/** Facts of the stand-in account. */
export interface Account {
  accountId: string;
  region: string;
  /** Host and port of the local registry that ECR's addresses lead to. */
  registryHost: string;
}

/** What one kind of AWS resource does in the stand-in: which ids it gets, and what AWS would certainly refuse. */
export interface ResourceModel {
  /** Inputs whose change makes the real provider replace the resource. */
  replaceOn?: string[];
  /** The input that Pulumi's AWS provider invents from the resource's name when it is not given. */
  autoName?: string;
  /** Throws what AWS answers to a request that it refuses. `id` is set for an update. */
  refuse?(inputs: Properties, world: World, id?: string): void | Promise<void>;
  create(inputs: Properties, context: CreateContext): { id: string; outputs: Properties };
  /** Throws what AWS answers when the resource can't be deleted yet. */
  refuseDelete?(id: string, state: Properties, world: World): void | Promise<void>;
}

export interface CreateContext extends Account {
  /** Hexadecimal digits that no other resource has. */
  unique(length: number): string;
  arn(service: string, resource: string): string;
}

/** An answer of AWS: an error code and a message. */
export class AwsError extends Error {
  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
  }
}
