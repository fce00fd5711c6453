import type { Container } from "../../container/container";
import { homesIn } from "../homes";
import { exists, namesIn } from "../../programs/toldFile";

/** Folders that are looked at. */
const mostFolders = 200;

/** A folder of packages that has a module, and that the image's Python doesn't look in; undefined where there is none. */
export function elsewhere(name: string, folders: readonly string[], container: Container): string | undefined {
  const libraries = ["/usr/local", "/usr", ...homesIn(container).map((home) => `${home}/.local`)].flatMap((base) =>
    ["lib", "lib64"].map((lib) => `${base}/${lib}`),
  );
  const packages = libraries.flatMap((library) =>
    namesIn(library, container.tree)
      .filter((entry) => /^python3(\.\d+)?$/.test(entry))
      .flatMap((entry) => ["site-packages", "dist-packages"].map((kind) => `${library}/${entry}/${kind}`)),
  );
  return packages
    .filter((folder) => !folders.includes(folder))
    .slice(0, mostFolders)
    .find((folder) => ["", ".py"].some((ending) => exists(`${folder}/${name}${ending}`, container)));
}
