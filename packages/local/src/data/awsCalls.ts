/** One call of AWS's API by the AWS CLI, whose names it has: `sqs create-queue`. */
export interface AwsCall {
  service: string;
  operation: string;
  /** Of the API's own request. */
  request: object;
  /** Errors by which AWS says that it is done already. */
  done?: readonly string[];
  /** What is to be asked then, of one that may have been made with other values. */
  orElse?: Omit<AwsCall, "done" | "orElse">;
}

/** A text as sh reads it. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The status of a call that need not be made. */
const isThere = 3;

const wordsOf = ({ service, operation, request, done = [] }: AwsCall): string =>
  `call ${[service, operation, JSON.stringify(request), ...done].map(shellQuoted).join(" ")}`;

/**
 * Waits for an emulator, by the shell alone: the CLI takes a second of a CPU to find out that nobody answers, while the emulator could do with that CPU. An image
 * without bash has the CLI ask again.
 */
export const untilItListens = `address=\${AWS_ENDPOINT_URL#http://}
looks=0
while command -v bash >/dev/null && [ "$looks" -lt 300 ] && ! bash -c "exec 3<>/dev/tcp/\${address%:*}/\${address##*:}" 2>/dev/null; do
  looks=$((looks + 1))
  sleep 0.2
done
`;

/** The CLI takes a second of a CPU to start; more of them at once than this take memory and gain nothing. */
const atOnce = 6;

/**
 * A script that makes the calls: those of one stage side by side, one stage after the other. It may run as often as one likes, does nothing where all was made
 * since the emulator started, waits for one that is about to start, and ends with 1 after it has said what was refused.
 */
export function awsScript(stages: readonly (readonly AwsCall[])[]): string {
  const lines = stages.flatMap((calls) => [
    ...calls.flatMap((call, index) => [
      `${wordsOf(call)}${call.orElse ? ` || { [ $? -eq ${isThere} ] && ${wordsOf(call.orElse)}; }` : ""} &`,
      ...((index + 1) % atOnce === 0 ? ["wait"] : []),
    ]),
    "wait",
  ]);
  return `${known}${functions}${lines.join("\n")}\nif [ -s "$refused" ]; then exit 1; fi\n[ -z "$start" ] || echo "$start" >"$made"\n`;
}

/**
 * What the same start of the emulator has been given is there still. It has another interface with each start, whose number on the machine is no other's
 * until that is started anew.
 */
const known = `made=$0.made
start=$(cat /proc/sys/kernel/random/boot_id /sys/class/net/eth0/iflink 2>/dev/null) || start=
if [ -n "$start" ] && [ "$(cat "$made" 2>/dev/null)" = "$start" ]; then exit 0; fi
`;

/**
 * A request as JSON on the command line is read as such alone: no value of it as a file's or a URL's name, as single arguments are. Versions of the CLI before
 * 2.13 know no variable for the endpoint.
 */
const functions = `refused=$(mktemp)
call() {
  service=$1 operation=$2 request=$3
  shift 3
  tries=0
  until said=$(aws --endpoint-url "$AWS_ENDPOINT_URL" "$service" "$operation" --cli-input-json "$request" 2>&1 >/dev/null); do
    for code do
      case "$said" in *"$code"*) return ${isThere} ;; esac
    done
    tries=$((tries + 1))
    case "$said" in
      *"Could not connect to the endpoint"* | *"Connection was closed"* | *"Connection reset"*)
        if [ "$tries" -lt 60 ]; then
          sleep 1
          continue
        fi ;;
    esac
    printf '%s %s: %s\\n' "$service" "$operation" "$said" >&2
    echo "$service $operation" >>"$refused"
    return 1
  done
}
`;
