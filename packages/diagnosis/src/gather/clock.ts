import type { DiagnosisClients } from "../clients";

/**
 * AWS's time, as its answers have it. A machine's clock may be wrong by an hour, after sleep or in a container; all calls work then, since the SDK corrects
 * its signatures by the same difference.
 */
export async function timeOf(clients: DiagnosisClients): Promise<Date> {
  const { config } = await clients.ecs();
  return new Date(Date.now() + config.systemClockOffset);
}
