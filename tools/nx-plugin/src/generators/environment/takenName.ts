import { servicesIn } from "../../inference/workspace";
import { Refusal } from "../refusal";

/** Services and stacks are nx projects, and of two with one name nx runs neither. */
export function refuseTakenName(root: string, name: string): void {
  const service = servicesIn(root).find((one) => one.name === name);
  if (service) throw new Refusal(`"${name}" is the name of the service in ${service.root}. Nothing was written. Choose another name.`);
}
