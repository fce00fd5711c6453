import { InputPropertiesError } from "@pulumi/pulumi";

/** Collects what is wrong with a component's arguments, so that its user hears of everything at once. */
export class ArgumentErrors {
  private readonly errors: { propertyPath: string; reason: string }[] = [];

  refuse(propertyPath: string, reason: string | undefined): void {
    if (reason !== undefined) this.errors.push({ propertyPath, reason });
  }

  /** Refuses a number outside its limits. */
  range(propertyPath: string, value: number | undefined, [min, max]: readonly [number, number], unit: string): void {
    if (value === undefined || (value >= min && value <= max)) return;
    this.refuse(propertyPath, `${value}: expected ${min} to ${max} ${unit}`);
  }

  /** @throws InputPropertiesError with everything that was refused */
  throwIfAny(message: string): void {
    if (this.errors.length > 0) throw new InputPropertiesError({ message, errors: this.errors });
  }
}
