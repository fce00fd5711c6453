import { ScriptedServer } from "@fairlead/diagnosis/testing/httpServer";
import { ScriptedAccount } from "@fairlead/diagnosis/testing/scriptedAccount";
import { stackInAws, type StackInAws } from "@fairlead/operations";
import { runStack, type Running } from "@fairlead/operations/testing/runningStack";
import { planOfStack, readProject } from "@fairlead/plan";

import { FixtureRepository } from "./fixtureRepository";
import { runCommand, type CommandResult } from "./runCommand";

const variables = {
  AWS_ACCESS_KEY_ID: "KEY",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};

/** The tests' repository, whose stack `dev` runs in a scripted account that answers at AWS_ENDPOINT_URL. */
export class OperatedRepository {
  readonly repository = new FixtureRepository();
  readonly account = new ScriptedAccount({ region: "us-east-1" });
  private readonly before = { ...process.env };
  private server!: ScriptedServer;
  names!: StackInAws;

  /** @param otherwise services that run otherwise than planned, by name */
  async start(otherwise?: Record<string, Running>): Promise<this> {
    const { repository, account } = this;
    const project = readProject("dev", [], repository.folder);
    const plan = await planOfStack(project, "dev");
    this.names = stackInAws(plan, project.config);
    runStack(account, this.names, otherwise);
    this.server = await ScriptedServer.listen(account);
    Object.assign(process.env, variables, { AWS_ENDPOINT_URL: this.server.url });
    return this;
  }

  run(command: string, ...args: string[]): Promise<CommandResult> {
    return runCommand(this.repository.folder, command, ...args);
  }

  stop(): void {
    this.server.close();
    process.env = this.before;
    this.repository.remove();
  }
}
