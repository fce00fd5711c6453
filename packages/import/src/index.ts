export { copilotKeysPage } from "./copilot/page";
export { applicationsIn } from "./copilot/workspace";
export { importCopilot, type CopilotImport, type ImportCopilotArgs, type ImportedService } from "./copilot/importCopilot";
export { dockerfileOf } from "./copilot/users";
export { manifestRows } from "./copilot/mapping";
export { environmentRows } from "./copilot/mapping/environment";
export { isLoss, outcomes, type Finding, type Outcome } from "./findings/finding";
export type { SourceFiles } from "./source/sourceFiles";
export { filesOf } from "./write/files";
