import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a folder of generated services, each with its service.yaml, Dockerfile and one source file. */
export function generateServices(folder: string, count: number): void {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
  for (let i = 1; i <= count; i++) {
    const name = `service-${i}`;
    const service = join(folder, name);
    mkdirSync(service, { recursive: true });
    const manifest = [
      `name: ${name}`,
      "version: 1.0.0",
      "containerPort: 3000",
      "cpu: 256",
      "memoryMiB: 512",
      "routes:",
      `  - path: /${name}/*`,
      "healthCheck:",
      "  path: /health",
      ...(i > 1 ? ["calls:", `  - service-${i - 1}`] : []),
    ];
    writeFileSync(join(service, "service.yaml"), `${manifest.join("\n")}\n`);
    writeFileSync(join(service, "Dockerfile"), 'FROM scratch\nCOPY main /\nCMD ["/main"]\n');
    writeFileSync(join(service, "main"), name);
  }
}
