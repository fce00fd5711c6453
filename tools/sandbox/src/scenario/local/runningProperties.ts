import { expectEqual } from "../../expectations";
import { step } from "../../progress";
import type { Ended } from "../../machine/compose";

/** The programs that a check of containers runs, in the folder of their environment. */
export interface RunningEnvironment {
  docker: (...words: string[]) => Promise<Ended>;
  compose: (...words: string[]) => Promise<Ended>;
}

/** What only a container that runs shows. */
export async function checkRunning({ docker, compose }: RunningEnvironment): Promise<void> {
  const said = async (service: string, ...words: string[]) => {
    const { stdout, stderr } = await compose("exec", "-T", service, ...words);
    return `${stdout}${stderr}`.trim();
  };
  const get = (service: string, url: string) => said(service, "node", "/program.js", "get", url);

  expectEqual("localhost reaches the sidecar", await get("shop", "http://127.0.0.1:4000"), "shop");
  expectEqual("and the sidecar the service", await get("shop.helper", "http://127.0.0.1:3000"), "shop");
  expectEqual("a caller reaches it by its name", await get("web", "http://shop.dev.internal:3000"), "shop");
  expectEqual("who isn't declared finds no such name", await get("stranger", "http://shop.dev.internal:3000"), "ENOTFOUND");
  expectEqual("the service's own name is none", await get("web", "http://shop:3000"), "ENOTFOUND");
  const address = await docker(
    "inspect",
    "--format",
    '{{(index .NetworkSettings.Networks "properties_web_to_shop").IPAddress}}',
    "properties-shop.network-1",
  );
  const refused = await get("stranger", `http://${address.stdout.trim()}:3000`);
  expectEqual(
    "nor does its address answer",
    ["TimeoutError", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"].includes(refused) || refused,
    true,
  );
  expectEqual(
    "the caller reaches no other port than those that are listened on",
    await get("web", "http://shop.dev.internal:3001"),
    "ECONNREFUSED",
  );
  expectEqual("and isn't reached by it", await get("shop", "http://web.dev.internal:3000"), "ENOTFOUND");

  expectEqual("the root is read-only", await said("shop", "sh", "-c", "touch /x 2>&1 | grep -o 'Read-only.*'"), "Read-only file system");
  expectEqual(
    "a volume that is read-only",
    await said("shop", "sh", "-c", "touch /scratch/x 2>&1 | grep -o 'Read-only.*'"),
    "Read-only file system",
  );
  expectEqual("has what another container wrote", await said("shop", "cat", "/scratch/from-init"), "written");
  expectEqual("a volume is empty, whatever the image has there", await said("shop", "ls", "/filled"), "");
  expectEqual("but where the image declares it", await said("shop", "ls", "/declared"), "of-image");
  expectEqual("the user", await said("shop", "id", "-u"), "1000");
  expectEqual("open files on Fargate", await said("shop", "sh", "-c", "ulimit -n"), "10000");
  const processes = await said("shop", "sh", "-c", "cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
  expectEqual(
    "pidMode: the processes of the task",
    ["/pause", "program.js serve 4000"].filter((text) => !processes.includes(text)),
    [],
  );
  // Where a task's containers share their processes, the first of them is the network's.
  expectEqual("initProcessEnabled", await said("web", "cat", "/proc/1/comm"), "docker-init");
  expectEqual("a size of shared memory", await said("legacy", "sh", "-c", "df -m /dev/shm | awk 'END { print $2 }'"), "12");
  expectEqual("a tmpfs", await said("legacy", "sh", "-c", "stat -fc %T /fast; df -m /fast | awk 'END { print $2 }'"), "tmpfs\n7");
  expectEqual("a setting of the kernel", await said("legacy", "cat", "/proc/sys/net/ipv4/tcp_keepalive_time"), "601");
  expectEqual("a link is to localhost", await get("legacy", "http://peer:3000"), "shop");

  await step("docker compose stop, of what doesn't end by itself", () => compose("stop", "shop"));
  const logged = (await docker("logs", "--timestamps", "properties-shop-1")).stdout.trim().split("\n").at(-1)!.split(" ");
  expectEqual("SIGTERM", logged[1], "SIGTERM");
  const state = (await docker("inspect", "--format", "{{.State.ExitCode}} {{.State.FinishedAt}}", "properties-shop-1")).stdout
    .trim()
    .split(" ");
  const seconds = Math.round((Date.parse(state[1]!) - Date.parse(logged[0]!)) / 1000);
  // A machine that is busy is late.
  expectEqual("then SIGKILL, after the 3 seconds of its stopTimeout", [state[0], seconds >= 3 && seconds < 10], ["137", true]);

  const eaten = await compose("run", "--no-deps", "--name", "properties-eater", "--entrypoint", "node /program.js eat", "-T", "legacy");
  const greedy = await docker("inspect", "--format", "{{.State.ExitCode}} {{.State.OOMKilled}}", "properties-eater");
  expectEqual("137 at the memory limit", [eaten.status, greedy.stdout.trim()], [137, "137 true"]);
  await docker("rm", "--force", "properties-eater");
}
