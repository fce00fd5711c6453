/** Commands by what somebody is about to do, in the order of the help, each in a line: its own help says all of it. */
export const commandGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "Write:": {
    new: "make a service, an environment or a component",
    import: "take over what was written for another tool",
    manifest: "show what a service.yaml says",
    inspect: "tell why an image's container would not start",
    explain: "say what an error code or a control means",
    prices: "print the prices that costs are estimated with",
    schema: "print the JSON Schema of service.yaml, or of what diff and preview print",
  },
  "Run here:": {
    local: "run a stack on this machine, with Docker alone",
  },
  "Review:": {
    preview: "print a stack's plan, without credentials",
    diff: "show what a change does to the stacks",
    allow: "allow what diff holds, with a reason",
    comment: "write that as a pull request's comment",
    unprotect: "let go what allowed-changes.yaml allows",
    owners: "write who owns what into CODEOWNERS",
    plans: "print plans of several stacks for programs",
    promote: "take over the images of another environment",
    smoke: "try the stack on a real account for a day",
  },
  "Look at what runs:": {
    status: "an environment at a glance",
    doctor: "what is wrong with a service, and the fix",
    logs: "what services and jobs wrote",
    history: "who deployed what when, with what outcome",
    open: "addresses: of a service, console, dashboard",
    mcp: "serve what reads to agents",
  },
  "Act on what runs:": {
    rollback: "take a service back to an earlier image",
    restart: "start a service's tasks anew",
    continue: "let a deployment go on that waits",
    stop: "put services to sleep",
    start: "wake services",
    run: "run a command once, as a task",
    exec: "open a session in a task",
    tunnel: "reach a database, a cache or a service from here",
  },
};
