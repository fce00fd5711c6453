import { serverImage, type ServerImage } from "./images/known";
import type { ServiceTranslation } from "./serviceTranslation";

function serverOf({ role, baseImage }: ServiceTranslation): ServerImage | undefined {
  return role !== "service" || baseImage === undefined ? undefined : serverImage(baseImage);
}

/**
 * Gives a server whose image declares a volume, and that nobody gave a name, a file system: Compose keeps such a volume when it makes a container anew, and a
 * task has nothing of the one before.
 */
export function keepFiles(translation: ServiceTranslation, declareFileSystem: (volume: string) => string): void {
  const folder = serverOf(translation)?.folder;
  if (folder === undefined) return;
  const isMounted = [...translation.uses.values()].some(
    ({ containerPath = "" }) =>
      containerPath !== "" && (`${folder}/`.startsWith(`${containerPath}/`) || containerPath.startsWith(`${folder}/`)),
  );
  // Its files lie below the name of its node, which has the host's: each task has another.
  if (folder === "/var/lib/rabbitmq" && !translation.variables.some(({ name }) => name === "RABBITMQ_NODENAME"))
    translation.setEntry("environment", "RABBITMQ_NODENAME", "rabbit@localhost");
  if (!isMounted) translation.uses.set(declareFileSystem(`${translation.service}-files`), { as: {}, containerPath: folder });
}

/** What is said of a database, or another server, that nobody looks after but its owner. */
export function tellOfServer(translation: ServiceTranslation): void {
  const server = serverOf(translation);
  if (!server) return;
  const { place } = translation.root.at("image")?.node.origin ?? translation.node.origin;
  const say = (outcome: "changed" | "decide", how: string) =>
    translation.say(
      {
        outcome,
        source: `services.${translation.key}.image`,
        to: "image",
        text: `${server.what} is no kind of data here, and is written as a container service${how}. Better for what matters: ${server.instead}, with its address under environment and its login under secrets.`,
      },
      place,
    );
  const isKept = [...translation.uses.values()].some(({ containerPath }) => containerPath !== undefined);
  // Two tasks on the same files would break them.
  if (isKept) translation.set("deployment", { minimumHealthyPercent: 0, maximumPercent: 100 });
  if (server.isStateless) return say("changed", ", which keeps nothing, as before");
  if (server.folder !== undefined)
    return say("changed", ", as it was: one task, whose files are on EFS, in its backups, and slower there than on a disk");
  if (!isKept)
    return say(
      "changed",
      ", whose files are gone with each task, as they were with docker compose down: good for a trial, where whatever calls it makes its topics or tables anew",
    );
  return say("decide", ", with its files on EFS, which is slower than a disk, and which it was not made for: good for a trial");
}
