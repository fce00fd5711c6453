import type { DiagnosticCode } from "@fairlead/model";
import { YamlSource } from "@fairlead/model/files";

/** A manifest's text, its value, and where in the text each part of the value stands. */
export class ManifestSource extends YamlSource<DiagnosticCode> {
  constructor(file: string, text: string) {
    super(file, text, { syntax: "FL1001", duplicateKey: "FL1002" });
  }
}
