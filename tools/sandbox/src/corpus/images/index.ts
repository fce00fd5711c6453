import type { CorpusImage } from "../corpusImage";
import { beyondInspection } from "./beyond";
import { dotnetProjects } from "./dotnetProjects";
import { entryPoints } from "./entryPoints";
import { holdOutEntryPoints } from "./holdOutEntryPoints";
import { holdOutJava } from "./holdOutJava";
import { holdOutModules } from "./holdOutModules";
import { holdOutNode } from "./holdOutNode";
import { holdOutPrograms } from "./holdOutPrograms";
import { holdOutPython } from "./holdOutPython";
import { holdOutScripts } from "./holdOutScripts";
import { holdOutServers } from "./holdOutServers";
import { javaProjects } from "./javaProjects";
import { libraries } from "./libraries";
import { loading } from "./loading";
import { nativePackages } from "./nativePackages";
import { nodeApps } from "./nodeApps";
import { nodeFormats } from "./nodeFormats";
import { nodeProjects } from "./nodeProjects";
import { nodeWorkspaces } from "./nodeWorkspaces";
import { otherLanguages } from "./otherLanguages";
import { programs } from "./programs";
import { projectEntryPoints } from "./projectEntryPoints";
import { pythonApps } from "./pythonApps";
import { pythonEnvironments } from "./pythonEnvironments";
import { pythonParts } from "./pythonParts";
import { pythonProjects } from "./pythonProjects";
import { serverProjects } from "./serverProjects";
import { shellCommands } from "./shellCommands";
import { startRules } from "./startRules";
import { surroundings } from "./surroundings";
import { taskSettings } from "./taskSettings";
import { texts } from "./texts";
import { wellKnown } from "./wellKnown";
import { wrappers } from "./wrappers";

/** All images of the corpus, by the file that they are in; `truth/<file>.json` keeps what happened to them. */
export const corpus: Record<string, CorpusImage[]> = {
  beyondInspection,
  dotnetProjects,
  entryPoints,
  holdOutEntryPoints,
  holdOutJava,
  holdOutModules,
  holdOutNode,
  holdOutPrograms,
  holdOutPython,
  holdOutScripts,
  holdOutServers,
  javaProjects,
  libraries,
  loading,
  nativePackages,
  nodeApps,
  nodeFormats,
  nodeProjects,
  nodeWorkspaces,
  otherLanguages,
  programs,
  projectEntryPoints,
  pythonApps,
  pythonEnvironments,
  pythonParts,
  pythonProjects,
  serverProjects,
  shellCommands,
  startRules,
  surroundings,
  taskSettings,
  texts,
  wellKnown,
  wrappers,
};
