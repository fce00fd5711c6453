import { finding, type Finding } from "../../finding";
import { unknownWords } from "../../container/unknownWords";

/** Options that HotSpot has no more in Java 17, as it was seen there; later versions bring none back. */
const forgotten = new Set(
  (
    "UseConcMarkSweepGC UseParNewGC UseParallelOldGC CMSClassUnloadingEnabled CMSInitiatingOccupancyFraction UseCMSInitiatingOccupancyOnly " +
    "CMSParallelRemarkEnabled CMSScavengeBeforeRemark CMSFullGCsBeforeCompaction CMSIncrementalMode ExplicitGCInvokesConcurrentAndUnloadsClasses " +
    "PrintGCDateStamps PrintGCTimeStamps PrintGCCause PrintGCApplicationStoppedTime PrintGCApplicationConcurrentTime PrintTenuringDistribution " +
    "PrintHeapAtGC PrintAdaptiveSizePolicy PrintPromotionFailure PrintReferenceGC PrintClassHistogramBeforeFullGC UseGCLogFileRotation " +
    "NumberOfGCLogFiles GCLogFileSize MaxPermSize PermSize AggressiveOpts UseFastAccessorMethods UseCGroupMemoryLimitForHeap UseAdaptiveGCBoundary " +
    "G1SummarizeConcMark TraceClassLoading UseVMInterruptibleIO"
  ).split(" "),
);
const others = /^(-Xincgc$|-d64$|-Xbootclasspath\/p:|-Djava\.(ext|endorsed)\.dirs=.)/;
/** With these, options are ignored, or come from a file. */
const anyOption = /^(-XX:\+IgnoreUnrecognizedVMOptions|-XX:(Flags|VMOptionsFile)=|@)/;

/** Options that Java takes from variables besides. */
export function optionsOfVariables(environment: ReadonlyMap<string, string>): { word: string; where: string }[] {
  return ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"].flatMap((name) =>
    (environment.get(name) ?? "").split(/\s+/).map((word) => ({ word, where: name })),
  );
}

/**
 * Why Java refuses its options: one of them is of an older version.
 *
 * @param words options of the command line
 * @param release what Java's own file says of it
 * @see https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html#removed-java-options
 */
export function optionProblem(
  words: readonly string[],
  environment: ReadonlyMap<string, string>,
  release: { version: number; isHotSpot: boolean } | undefined,
): Finding | undefined {
  if (!release?.isHotSpot || release.version < 17) return undefined;
  const ofVariables = optionsOfVariables(environment).map(({ word, where }) => ({ word, where: ` (${where})` }));
  const all = [...words.map((word) => ({ word, where: "" })), ...ofVariables];
  if (all.some(({ word }) => anyOption.test(word) || word.includes(unknownWords))) return undefined;
  const refused = all.find(({ word }) => others.test(word) || forgotten.has(/^-XX:[+-]?(\w+)/.exec(word)?.[1] ?? ""));
  return (
    refused &&
    finding(
      "FL2145",
      `java is told ${refused.word}${refused.where}, an option that Java ${release.version} has no more`,
      "Leave it out (-Xlog:gc* in place of PrintGC…, -XX:MaxRAMPercentage in place of UseCGroupMemoryLimitForHeap), or add -XX:+IgnoreUnrecognizedVMOptions.",
    )
  );
}
