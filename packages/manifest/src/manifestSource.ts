import type { DiagnosticCode } from "@fairlead/model";
import { YamlSource } from "@fairlead/model/files";

import { withDeployerVariables, type Deployer } from "./deployerVariables";

/** A manifest's text, its value, and where in the text each part of the value stands. */
export class ManifestSource extends YamlSource<DiagnosticCode> {
  /** @param deployer whose variables stand in place of those that the manifest declares; without it they stay as they are */
  constructor(file: string, text: string, deployer?: Deployer) {
    super(file, text, { syntax: "FL1001", duplicateKey: "FL1002" }, (value) => (deployer ? withDeployerVariables(value, deployer) : value));
  }
}
