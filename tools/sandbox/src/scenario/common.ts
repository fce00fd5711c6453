import type { Engine, Operation } from "../engine";
import { expectEqual, report } from "../expectations";
import { platformsInRegistry } from "../registryAccess";

/** `type name` of what an operation changed. */
export function changesIn(operations: Operation[]): string[] {
  return [...new Set(changing(operations).map(({ type, name }) => `${type} ${name}`))].sort();
}

/** `op type name: properties` of what an operation changed where nothing should have changed. */
export function surprisesIn(operations: Operation[]): string[] {
  return changing(operations).map(({ op, type, name, properties }) => `${op} ${type} ${name}: ${properties.join(", ")}`);
}

/** A replacement comes as create-replacement, replace and delete-replaced; an untouched resource as same, after a refresh of its own. */
const changing = (operations: Operation[]) => operations.filter(({ op }) => !["same", "read", "refresh"].includes(op));

/** What a failure says; empty if there is none. */
export async function messageOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Asks the registry itself for the image that each task got. */
export async function checkImages(engine: Engine): Promise<Record<string, string>> {
  const images = (await engine.outputs()).images as Record<string, string>;
  for (const [service, image] of Object.entries(images)) {
    report(`${service}: ${image}`);
    const platforms = await platformsInRegistry(image);
    expectEqual(`the registry has ${service} for both platforms`, platforms, ["linux/amd64", "linux/arm64"]);
  }
  return images;
}
