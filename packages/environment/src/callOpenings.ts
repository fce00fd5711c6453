import type * as pulumi from "@pulumi/pulumi";

/**
 * The openings of services for those that call them. They are made once all services have a security group, and callers wait for theirs from the
 * beginning: services may call each other in a circle.
 */
export class CallOpenings {
  private readonly rules = new Map<string, pulumi.Resource>();
  private tell!: () => void;
  private readonly made = new Promise<void>((resolve) => (this.tell = resolve));

  /** @param instead what is waited for where an opening could not be made, because the program failed before */
  constructor(private readonly instead: pulumi.Resource) {}

  add(caller: string, callee: string, rule: pulumi.Resource): void {
    this.rules.set(keyOf(caller, callee), rule);
  }

  of(caller: string, callee: string): Promise<pulumi.Resource> {
    return this.made.then(() => this.rules.get(keyOf(caller, callee)) ?? this.instead);
  }

  /** All were made, or no more will be: a promise that nothing fulfils would hide the error of a program that failed. */
  end(): void {
    this.tell();
  }
}

function keyOf(caller: string, callee: string): string {
  return `${caller} ${callee}`;
}
