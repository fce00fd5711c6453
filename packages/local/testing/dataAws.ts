import type { Plan } from "@fairlead/plan";

import { localData } from "../src/data/localData";
import { awsEndpoint, type LocalData } from "../src/data/model";
import { contextIn } from "./dataPlan";
import { asProcess, runService, until, type Servers } from "./dataProcesses";

/** The emulator of a plan, here moto, and what makes the plan's resources in it. */
export interface RunningAws {
  data: LocalData;
  endpoint: string;
  /** Runs what makes them. */
  make: () => { status: number | null; output: string };
  /** The same by the AWS CLI: the answer to one call. */
  ask: (service: string, operation: string, request: object) => unknown;
  /** A value that a task gets. */
  valueOf: (output: string) => string;
}

/** Starts moto in the emulator's place. */
export async function startAws(plan: Plan, folder: string, servers: Servers, port: number): Promise<RunningAws> {
  const endpoint = `http://127.0.0.1:${port}`;
  const data = localData(plan, contextIn(folder)).data.find(({ part }) => part.services?.["aws.emulator"])!;
  const place = { root: folder, folder };
  const emulator = asProcess("aws.emulator", data.part, { ...place, env: { MOTO_PORT: String(port) } });
  const log = servers.start({ ...emulator, command: ["moto_server", "-H", "127.0.0.1", "-p", String(port)] });
  const process = asProcess("aws.resources", data.part, { ...place, env: { AWS_ENDPOINT_URL: endpoint } });
  const make = () => runService({ ...process, env: { ...process.env, HOME: folder } });
  await until(
    async () =>
      fetch(endpoint).then(
        () => true,
        () => false,
      ),
    log,
  );
  return {
    data,
    endpoint,
    make,
    ask: (service, operation, request) => {
      const { status, output } = runService({
        ...process,
        command: ["aws", "--endpoint-url", endpoint, service, operation, "--output", "json", "--cli-input-json", JSON.stringify(request)],
      });
      if (status !== 0) throw new Error(output);
      return output.trim() === "" ? {} : JSON.parse(output);
    },
    valueOf: (output) => data.outputs[output]!.replace(awsEndpoint, endpoint),
  };
}
