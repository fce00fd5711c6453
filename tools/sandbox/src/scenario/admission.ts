import { generateKeyPairSync } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";

import { parseReference } from "@fairlead/model";

import type { AwsAccount } from "../aws/awsAccount";
import { inProject } from "../checkout";
import { edit } from "../edit";
import type { Engine } from "../engine";
import { expectEqual } from "../expectations";
import { signImage } from "../machine/signImage";
import { step } from "../progress";
import { registryClient } from "../registryAccess";
import { messageOf, surprisesIn } from "./common";

/** What an environment requires of images stops `up` before a task definition, and lets through what has it. */
export async function checkAdmission(engine: Engine, checkout: string, aws: AwsAccount): Promise<void> {
  const host = process.env.FAIRLEAD_SANDBOX_REGISTRY!;
  const configured = (...lines: string[]) =>
    edit(inProject(checkout, "Pulumi.sandbox.yaml"), (text) => text.replace(/^config:\n/m, (config) => `${config}${lines.join("\n")}\n`));
  const running = ["api", "web", "report-writer"].map((service) => engine.taskDefinitionOf(service));
  const untouched = () =>
    expectEqual(
      "and what runs keeps its task definitions",
      ["api", "web", "report-writer"].map((service) => engine.taskDefinitionOf(service)),
      running,
    );
  const images = (await engine.outputs()).images as Record<string, string>;

  let restore = configured("  fairlead:allowedRegistries: [public.ecr.aws]");
  const elsewhere = await step("pulumi up: with a sidecar from a registry that is not allowed", () => messageOf(() => engine.up()));
  expectEqual("up names it, where it stands", /apps\/web\/service\.yaml:\d+:\d+ {2}FL2160 {2}sidecars\.proxy\.image/.test(elsewhere), true);
  untouched();
  restore();

  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyFile = inProject(checkout, "images.pub");
  writeFileSync(keyFile, publicKey.export({ type: "spki", format: "pem" }));
  restore = configured(
    "  fairlead:requiredSignatures:",
    `    - images: ${host}/fairlead`,
    "      publicKeyFile: images.pub",
    `    - images: ${host}/formats`,
    "      unsigned: the sandbox makes them",
  );
  const unsigned = await step("pulumi up: with images that nobody signed", () => messageOf(() => engine.up()));
  expectEqual(
    "up names an image without a signature, and its digest",
    [/FL2161 {2}\S+\n\s+no signature is attached to it/.test(unsigned), unsigned.includes(images.api!)],
    [true, true],
  );
  untouched();
  for (const image of Object.values(images)) await signImage(registryClient(host), image, privateKey);
  const looked = surprisesIn(await step("pulumi up: with all of them signed", () => engine.up()));
  expectEqual(
    "up looks at the images, and changes nothing that runs",
    looked.filter((name) => !name.includes(":ImageInspection ")),
    [],
  );
  untouched();
  restore();
  rmSync(keyFile);

  restore = configured("  fairlead:maximumSeverity: HIGH");
  aws.images.findings.set(parseReference(images.api!)!.repository, [{ name: "CVE-2026-0001", severity: "CRITICAL" }]);
  const vulnerable = await step("pulumi up: with a critical finding in the api's scan", () => messageOf(() => engine.up()));
  expectEqual("up names it", /FL2165 {2}api\n\s+ECR's scan knows 1 above HIGH: CVE-2026-0001 CRITICAL/.test(vulnerable), true);
  untouched();
  const exceptions = inProject(checkout, "vulnerability-exceptions.yaml");
  const entry = {
    vulnerability: "CVE-2026-0001",
    stack: "sandbox",
    service: "api",
    reason: "a trial",
    by: "the sandbox",
    until: "2100-01-01",
  };
  writeFileSync(exceptions, JSON.stringify({ exceptions: [entry] }));
  await step("pulumi up: with the finding excepted", () => engine.up());
  untouched();
  restore();
  rmSync(exceptions);
  await step("pulumi up: with nothing required any more", () => engine.up());
  untouched();
}
