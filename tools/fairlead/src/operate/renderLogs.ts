import { jsonLine, type LogLine } from "@fairlead/operations";
import { printableLine } from "@fairlead/model";

import type { Colors } from "./terminal";

/** Digits of a task's id that tell it from its siblings. */
const taskDigits = 6;

/** Prints lines of several services, each with its service and task in front. */
export class LogPrinter {
  private readonly tints: ((text: string) => string)[];
  private readonly colorOf = new Map<string, (text: string) => string>();
  private width = 0;

  /** @param raw whether a line in JSON stays as it is */
  constructor(
    private readonly colors: Colors,
    private readonly raw = false,
  ) {
    this.tints = [colors.cyan, colors.magenta, colors.blue, colors.green, colors.yellow, colors.cyanBright, colors.magentaBright];
  }

  /** A line of output; what the task wrote neither steers a terminal nor breaks the line. */
  line({ timestamp, service, container, isOwn, task, message }: LogLine): string {
    const label = `${service}${isOwn ? "" : `/${container}`} ${task.slice(0, taskDigits)}`.trimEnd();
    this.width = Math.max(this.width, label.length);
    const time = new Date(timestamp).toISOString();
    return `${this.colors.dim(time)} ${this.tint(service)(label.padEnd(this.width))} ${this.text(message)}`;
  }

  private text(message: string): string {
    const json = this.raw ? undefined : jsonLine(message);
    if (!json) return printableLine(message);
    const { level, message: said, fields } = json;
    const { colors } = this;
    const colored = level === undefined ? [] : [this.levelColor(level)(printableLine(level))];
    const others = fields.map(([key, value]) => `${colors.dim(`${printableLine(key)}=`)}${printableLine(quoted(value))}`);
    return [...colored, ...(said === undefined ? [] : [printableLine(said)]), ...others].join(" ");
  }

  private levelColor(level: string): (text: string) => string {
    if (/^(ERR|FATAL|CRIT|PANIC|ALERT|EMERG)/.test(level)) return this.colors.red;
    return level.startsWith("WARN") ? this.colors.yellow : this.colors.dim;
  }

  private tint(service: string): (text: string) => string {
    let color = this.colorOf.get(service);
    if (!color) this.colorOf.set(service, (color = this.tints[this.colorOf.size % this.tints.length]!));
    return color;
  }
}

/** A value with spaces in quotes, so that fields stay apart. */
function quoted(value: string): string {
  return value === "" || /[\s"=]/.test(value) ? JSON.stringify(value) : value;
}
