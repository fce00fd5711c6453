import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** Inputs or outputs of a resource, of whatever shape the engine hands over. */
export type Properties = Record<string, any>;

/** One resource that exists in the stand-in account. */
export interface Existing {
  type: string;
  id: string;
  inputs: Properties;
  outputs: Properties;
}

/** What exists in the stand-in account, kept in a file between the runs of the engine. */
export class World {
  private readonly resources: Map<string, Existing>;

  constructor(private readonly file: string) {
    const saved = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Existing[]) : [];
    this.resources = new Map(saved.map((resource) => [this.key(resource.type, resource.id), resource]));
  }

  get(type: string, id: string): Existing | undefined {
    return this.resources.get(this.key(type, id));
  }

  all(type: string): Existing[] {
    return [...this.resources.values()].filter((resource) => resource.type === type);
  }

  /** The resource of a type that has this value as an input or output. */
  find(type: string, property: string, value: unknown): Existing | undefined {
    return this.all(type).find(({ inputs, outputs }) => (outputs[property] ?? inputs[property]) === value);
  }

  put(resource: Existing): void {
    this.resources.set(this.key(resource.type, resource.id), resource);
    this.save();
  }

  remove(type: string, id: string): void {
    this.resources.delete(this.key(type, id));
    this.save();
  }

  private key(type: string, id: string): string {
    return `${type} ${id}`;
  }

  private save(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.resources.values()], null, 1));
    renameSync(`${this.file}.new`, this.file);
  }
}
