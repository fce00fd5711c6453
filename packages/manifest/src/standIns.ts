import { judge, type Judgement } from "./judge";
import { deployerOf, type LeftOut, type LoadServicesArgs } from "./loadServicesArgs";
import { ManifestSource } from "./manifestSource";

/**
 * The services without those that have mistakes: for each of these another text of its manifest stands in, which is judged as well; where there is none, or that
 * one is wrong too, it is left out, and with it who can't do without it.
 */
export function withStandIns(sources: readonly ManifestSource[], first: Judgement, args: LoadServicesArgs) {
  const leftOut = new Map<string, boolean>();
  let judged = first;
  for (let now = [...sources]; judged.broken.size > 0; judged = judge(now, args)) {
    now = now.flatMap((source) => {
      const { file } = source;
      if (!judged.broken.has(file)) return [source];
      const text = leftOut.has(file) ? undefined : args.standIn?.(file);
      leftOut.set(file, text !== undefined);
      return text === undefined ? [] : [new ManifestSource(file, text, deployerOf(args))];
    });
  }
  const files = [...leftOut].map(([file, hasStandIn]): LeftOut => ({ file, hasStandIn }));
  return { services: judged.services, leftOut: files.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}
