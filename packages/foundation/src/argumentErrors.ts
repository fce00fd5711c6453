import { InputPropertiesError } from "@pulumi/pulumi";

/** Collects what is wrong with a component's arguments, so that its user hears of everything at once. */
export class ArgumentErrors {
  private readonly errors: { propertyPath: string; reason: string }[] = [];

  refuse(propertyPath: string, reason: string | undefined): void {
    if (reason !== undefined) this.errors.push({ propertyPath, reason });
  }

  /** Refuses a number outside its limits. */
  range(
    propertyPath: string,
    value: number | undefined,
    limits: readonly [number, number] | { readonly minimum: number; readonly maximum: number },
    unit: string,
  ): void {
    const [minimum, maximum] = "minimum" in limits ? [limits.minimum, limits.maximum] : limits;
    if (value === undefined || (value >= minimum && value <= maximum)) return;
    this.refuse(propertyPath, `${value}: expected ${minimum} to ${maximum} ${unit}`);
  }

  /** @throws InputPropertiesError with everything that was refused */
  throwIfAny(message: string): void {
    if (this.errors.length > 0) throw new InputPropertiesError({ message, errors: this.errors });
  }
}
