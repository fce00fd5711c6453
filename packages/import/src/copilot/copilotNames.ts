import type { FileProblem } from "@fairlead/model";

import type { Place } from "../source/sourceNode";

/** What Copilot calls applications, environments and services by. Others of its names are made of these, and so are names and texts of what is written here. */
const form = /^[a-z][a-z0-9-]*$/;

/** What is wrong with a name that Copilot would not have taken. @param of what it is of, such as `application` */
export function nameProblem(of: string, name: string, place: () => Place): FileProblem | undefined {
  if (form.test(name)) return undefined;
  return {
    code: "FL2904",
    ...place(),
    problem: `the ${of} is called ${JSON.stringify(name.slice(0, 60))}`,
    expected: "small letters, digits and hyphens, a letter first",
    consequence: "Copilot refuses it as well, so nothing was ever deployed by this name.",
    fix: "Correct it in the source, or leave it out of the folder that is imported.",
  };
}

/** A folder's name as an application may have it. */
export function applicationNameOf(folder: string): string {
  const joined = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  return joined === "" ? "application" : joined;
}

/** Services that would be written to one file, as their names are the same once they are as long as names are here. */
export function sharedNames(services: readonly { folder: string; name: string; path: string }[]): FileProblem[] {
  return services.flatMap(({ name, path, folder }, index) => {
    const first = services.findIndex((each) => each.name === name);
    if (first === index) return [];
    return {
      code: "FL2904",
      file: path,
      line: 1,
      column: 1,
      problem: `${folder} is called ${name} here, as ${services[first]!.folder} is`,
      expected: "names that differ within their first 40 characters",
      consequence: "One of the two would be written over the other.",
      fix: "Rename its folder in what is imported.",
    };
  });
}
