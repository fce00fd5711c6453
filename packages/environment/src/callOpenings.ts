import type * as pulumi from "@pulumi/pulumi";

/**
 * The security group rules that let each caller into the services that it calls. A caller asks for its rule as it is made; rules are made only when all services
 * have a security group, since services may call each other in a circle.
 */
export class CallOpenings {
  private readonly rules = new Map<string, pulumi.Resource>();
  private tell!: () => void;
  private readonly made = new Promise<void>((resolve) => (this.tell = resolve));

  /** @param instead the resource that a caller gets in place of a rule which was not made, as the program failed before it */
  constructor(private readonly instead: pulumi.Resource) {}

  add(caller: string, callee: string, rule: pulumi.Resource): void {
    this.rules.set(keyOf(caller, callee), rule);
  }

  of(caller: string, callee: string): Promise<pulumi.Resource> {
    return this.made.then(() => this.rules.get(keyOf(caller, callee)) ?? this.instead);
  }

  /** To be called when all rules are made, and also when the program fails: callers would wait for ever, and its error would never be shown. */
  end(): void {
    this.tell();
  }
}

function keyOf(caller: string, callee: string): string {
  return `${caller} ${callee}`;
}
