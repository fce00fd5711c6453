import { fillCommand, type NeededValue } from "../write/neededValue";
import { valueKey } from "./generatedSecrets";
import type { ServiceTranslation, Variable } from "./serviceTranslation";

/** Values of a project that a person puts into Parameter Store: one for a variable that has the same value in all services. */
export class Parameters {
  private readonly named = new Map<string, string>();
  private readonly folder: string;
  private readonly found = new Map<string, NeededValue>();

  constructor(application: string, environment: string) {
    // Parameter Store keeps names that begin so for AWS.
    this.folder = `/${/^(?:aws|ssm)/i.test(application) ? "app-" : ""}${application}/${environment}`;
  }

  /** What a person has to put there before `up`. */
  get needed(): NeededValue[] {
    return [...this.found.values()];
  }

  /** Has a service read a variable from its parameter, and says how that is filled and what happens until then. */
  read(translation: ServiceTranslation, variable: Variable, isSecret: boolean): { command: string; refusal: string } {
    const name = this.nameOf(variable, translation.service);
    const isJob = translation.role === "job";
    // A job has no such key: its run fails by itself.
    translation.setEntry("secrets", variable.name, { ssm: name, ...(isJob ? {} : { redeployOnChange: true }) });
    const known = this.found.get(name) ?? { name, isSecret, services: [] };
    this.found.set(name, { ...known, isSecret: known.isSecret || isSecret, services: [...known.services, translation.service] });
    return {
      command: fillCommand({ name, isSecret }),
      refusal: isJob ? "Until it is there the job's run fails, and up with it." : "Until it is there up refuses the service (FL2503).",
    };
  }

  private nameOf(variable: Variable, service: string): string {
    const plain = variable.name.replaceAll(/[^\w.-]/g, "_");
    const shared = `${this.folder}/${plain}`;
    const key = valueKey(variable);
    const before = this.named.get(shared);
    if (before === undefined) this.named.set(shared, key);
    return before === undefined || before === key ? shared : `${this.folder}/${service}/${plain}`;
  }
}
