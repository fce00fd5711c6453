import type {
  CommandExpansionPart,
  DoubleQuotedChild,
  ParameterExpansionPart,
  ParameterRemoveOperation,
  ParameterSliceOperation,
  Word,
  WordPart,
} from "unbash";

import { limits } from "../limits";
import type { Dialect } from "./dialect";
import type { State } from "./state";
import type { Value } from "./variables";

/** What a word needs of the shell that it stands in. */
export interface WordContext {
  state: State;
  dialect: Dialect;
  /** `$0` */
  name: string | undefined;
  /** What a command in `$(…)` prints; undefined where it can't be told. */
  output(command: CommandExpansionPart): Value | undefined;
}

const unsure: undefined = undefined;

/** The words that a shell makes of one: none, one or more; undefined where it can't be told. */
export function expandWord(word: Word, context: WordContext): Value[] | undefined {
  if (word.value.length > limits.shellValueBytes) return unsure;
  if (!word.parts) {
    if (word.text.startsWith("~")) return tilde(word.text, context);
    return [{ text: word.value, isSure: true }];
  }
  const fields = new Fields();
  for (const [index, part] of word.parts.entries()) {
    if (index === 0 && part.type === "Literal" && part.text.startsWith("~")) return unsure;
    if (!fields.add(part, context)) return unsure;
  }
  return fields.all();
}

/** One text for an assignment: neither split nor matched with files. */
export function expandToText(word: Word, context: WordContext): Value | undefined {
  if (!word.parts) {
    if (word.text.includes("~")) return unsure;
    return word.value.length > limits.shellValueBytes ? unsure : { text: word.value, isSure: true };
  }
  let text = "";
  let isSure = true;
  for (const part of word.parts) {
    if (part.type === "Literal" && part.text.includes("~")) return unsure;
    // A pattern stands for itself here.
    const value = part.type === "Glob" ? { text: part.value, isSure: true } : textOf(part, context);
    if (!value || text.length + value.text.length > limits.shellValueBytes) return unsure;
    text += value.text;
    isSure &&= value.isSure;
  }
  return text.length > limits.shellValueBytes ? unsure : { text, isSure };
}

function tilde(text: string, { state }: WordContext): Value[] | undefined {
  const home = state.variables.get("HOME");
  if (!home || !/^~(\/[\w./-]*)?$/.test(text)) return unsure;
  return [{ text: home.text + text.slice(1), isSure: home.isSure }];
}

/** Words in the making. */
class Fields {
  private readonly done: Value[] = [];
  private open: Value | undefined;

  add(part: WordPart, context: WordContext): boolean {
    if (part.type === "DoubleQuoted") return this.addQuoted(part.parts, context);
    const value = textOf(part, context);
    if (isAllPositional(part)) return !context.state.isSplitOtherwise && this.addSplit(joined(context.state.positional));
    if (!value) return false;
    if (part.type === "SimpleExpansion" || part.type === "ParameterExpansion" || part.type === "CommandExpansion")
      return !context.state.isSplitOtherwise && this.addSplit(value);
    return this.append(value);
  }

  all(): Value[] | undefined {
    const all = this.open ? [...this.done, this.open] : this.done;
    return all.some(({ text }) => text.length > limits.shellValueBytes) ? undefined : all;
  }

  private addQuoted(parts: readonly DoubleQuotedChild[], context: WordContext): boolean {
    if (parts.length !== 1 || !isAllPositional(parts[0]!)) {
      this.append({ text: "", isSure: true });
      return parts.every((part) => {
        const value = isAllPositional(part) ? undefined : textOf(part, context);
        return value !== undefined && this.append(value);
      });
    }
    const { positional } = context.state;
    if (!positional) return false;
    if (parts[0]!.text.includes("*")) return !context.state.isSplitOtherwise && this.append(joined(positional)!);
    for (const [index, value] of positional.entries()) {
      if (index > 0) this.close();
      this.append(value);
    }
    return true;
  }

  /** What stands without quotes is split at blanks, and matched with files. */
  private addSplit(value: Value | undefined): boolean {
    if (!value || /[*?[\\]/.test(value.text)) return false;
    const { text, isSure } = value;
    if (/^[ \t\n]/.test(text)) this.close();
    for (const [index, word] of text
      .split(/[ \t\n]+/)
      .filter(Boolean)
      .entries()) {
      if (index > 0) this.close();
      this.append({ text: word, isSure });
    }
    if (/[ \t\n]$/.test(text)) this.close();
    // Whether there is a word at all may depend on it.
    if (!isSure && this.open) this.open.isSure = false;
    else if (!isSure && this.done.length === 0) this.done.push({ text: "", isSure, isAbsent: true });
    return true;
  }

  private append({ text, isSure }: Value): boolean {
    this.open = { text: (this.open?.text ?? "") + text, isSure: (this.open?.isSure ?? true) && isSure };
    return true;
  }

  private close(): void {
    if (this.open) this.done.push(this.open);
    this.open = undefined;
  }
}

function isAllPositional(part: WordPart): boolean {
  return (part.type === "SimpleExpansion" || part.type === "ParameterExpansion") && ["$@", "$*", "${@}", "${*}"].includes(part.text);
}

function joined(values: Value[] | undefined): Value | undefined {
  return values && { text: values.map(({ text }) => text).join(" "), isSure: values.every(({ isSure }) => isSure) };
}

function textOf(part: WordPart, context: WordContext): Value | undefined {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
      return { text: part.value, isSure: true };
    case "AnsiCQuoted":
      return context.dialect === "bash" || context.dialect === "busybox" ? { text: part.value, isSure: true } : unsure;
    case "DoubleQuoted": {
      const whole: Value = { text: "", isSure: true };
      for (const child of part.parts) {
        const value = textOf(child, context);
        if (!value || whole.text.length + value.text.length > limits.shellValueBytes) return unsure;
        whole.text += value.text;
        whole.isSure &&= value.isSure;
      }
      return whole;
    }
    case "SimpleExpansion":
      return parameter(part.text.slice(1), context);
    case "ParameterExpansion":
      return withOperation(part, context);
    case "CommandExpansion":
      return context.output(part);
    default:
      return unsure;
  }
}

function withOperation({ parameter: name, prefix, index, operation }: ParameterExpansionPart, context: WordContext): Value | undefined {
  if (prefix || index) return unsure;
  const value = parameter(name, context);
  if (!operation) return value;
  if (!value) return unsure;
  if (operation.type === "Remove") return withoutEnd(value, operation, context);
  if (operation.type === "Slice") return sliceOf(value, operation, context);
  if (operation.type !== "Default") return unsure;
  const has = isSet(name, operation.operator, value, context.state);
  const kind = operation.operator.at(-1)!;
  if (kind === "+") {
    const other = has ? expandToText(operation.operand, context) : { text: "" };
    return other && { text: other.text, isSure: value.isSure && ("isSure" in other ? other.isSure : true) };
  }
  if (has) return value;
  const other = kind === "-" ? expandToText(operation.operand, context) : unsure;
  return other && { text: other.text, isSure: other.isSure && value.isSure };
}

/** `${1#-}`, `${name%.conf}` */
function withoutEnd({ text, isSure }: Value, { operator, operand }: ParameterRemoveOperation, context: WordContext): Value | undefined {
  if (operand.parts?.some(({ type }) => type !== "Literal" && type !== "SingleQuoted")) return unsure;
  const end = expandToText(operand, context);
  if (!end) return unsure;
  if (operator.startsWith("#")) return { text: text.startsWith(end.text) ? text.slice(end.text.length) : text, isSure };
  return { text: text.endsWith(end.text) ? text.slice(0, text.length - end.text.length) : text, isSure };
}

/** `${1:0:1}`, which dash has not. */
function sliceOf({ text, isSure }: Value, { offset, length }: ParameterSliceOperation, { dialect }: WordContext): Value | undefined {
  if (dialect === "dash" || dialect === "sh") return unsure;
  if (!/^\d{1,4}$/.test(offset.text) || (length && !/^\d{1,4}$/.test(length.text))) return unsure;
  const from = Number(offset.text);
  return { text: text.slice(from, length ? from + Number(length.text) : undefined), isSure };
}

function isSet(name: string, operator: string, value: Value, { positional }: State): boolean {
  if (operator.startsWith(":")) return value.text !== "";
  return name === String(Number(name)) ? positional !== undefined && Number(name) <= positional.length : !value.isUnset;
}

/** Whether a parameter is set, and not empty where its operator begins with `:`; undefined where that can't be told. */
export function isThere(
  { parameter: name, operation }: Pick<ParameterExpansionPart, "parameter" | "operation">,
  context: WordContext,
): boolean | undefined {
  const value = parameter(name, context);
  if (!value) return undefined;
  const operator = operation?.type === "Default" ? operation.operator : "-";
  const is = isSet(name, operator, value, context.state);
  // Of what an image sets the task may change the value alone.
  return value.isSure || (is && !operator.startsWith(":")) ? is : undefined;
}

function parameter(name: string, { state, name: own }: WordContext): Value | undefined {
  const { positional, variables } = state;
  if (name === "0") return own === undefined ? unsure : { text: own, isSure: true };
  // What is not sure may be another number of words.
  if (/^[1-9]\d?$/.test(name))
    return positional && (positional[Number(name) - 1] ?? { text: "", isSure: positional.every(({ isSure }) => isSure) });
  if (name === "#") return positional && { text: String(positional.length), isSure: positional.every(({ isSure }) => isSure) };
  if (name === "@" || name === "*") return unsure;
  return variables.get(name);
}
