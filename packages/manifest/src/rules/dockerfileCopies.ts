import type { Instruction } from "dockerfile-ast";

/**
 * What an instruction takes of the context, as written: sources of `COPY` and `ADD`, those that wait in `ONBUILD` as well, and of files that `RUN` mounts.
 * What comes from stages, images, addresses and here-documents is none of the context.
 *
 * @see https://docs.docker.com/reference/dockerfile/#copy
 * @see https://docs.docker.com/reference/dockerfile/#run---mounttypebind
 */
export function sourcesIn(instruction: Instruction): string[] {
  const { Add, Copy, Onbuild, Run } = require("dockerfile-ast") as typeof import("dockerfile-ast");
  if (instruction instanceof Onbuild) {
    const trigger = instruction.getTriggerInstruction();
    return trigger ? sourcesIn(trigger) : [];
  }
  if (instruction instanceof Run)
    return instruction.getFlags().flatMap((flag) => (flag.getName() === "mount" ? bound(flag.getValue() ?? "") : []));
  if (instruction instanceof Copy) return instruction.getFromFlag() ? [] : copied(instruction);
  // Its type lacks what it has of here-documents.
  if (instruction instanceof Add) return copied(instruction as unknown as Copying).filter((source) => !isRemote.test(source));
  return [];
}

/** Addresses, and repositories of git. @see https://docs.docker.com/reference/dockerfile/#add */
const isRemote = /^(\w+:\/\/|git@)/;

type Copying = Pick<import("dockerfile-ast").Copy, "getArguments" | "getHeredocs" | "getRawArgumentsContent">;

function copied(instruction: Copying): string[] {
  return listed(instruction.getRawArgumentsContent()) ?? words(instruction);
}

/** The form in JSON. `getJSONStrings` leaves blanks out. */
function listed(text: string | null): string[] | undefined {
  const [, list] = /^(?:--\S+\s+)*(\[[^]*\])\s*$/.exec(text ?? "") ?? [];
  if (list === undefined) return undefined;
  try {
    const all: unknown = JSON.parse(list);
    return Array.isArray(all) ? all.slice(0, -1).map(String) : undefined;
  } catch {
    return undefined;
  }
}

function words(instruction: Copying): string[] {
  const documents = instruction.getHeredocs();
  const [first] = documents;
  // To the parser, words of here-documents are arguments too.
  const content = first && (first.getContentRange() ?? first.getDelimiterRange());
  const all = instruction.getArguments().filter((argument) => !content || argument.getRange().start.line < content.start.line);
  return all
    .slice(0, -1)
    .map((argument) => argument.getValue())
    .filter((source) => !source.startsWith("<<"));
}

/** `type=bind,source=package.json,target=package.json`; `bind` is what a mount is by default, and the whole context its source. */
function bound(mount: string): string[] {
  const options = new Map(mount.split(",").map((option) => [option.split("=")[0]!, option.slice(option.indexOf("=") + 1)] as const));
  if ((options.get("type") ?? "bind") !== "bind" || options.has("from")) return [];
  return [options.get("source") ?? options.get("src") ?? "."];
}
