import { childOf, textOf, type SourceNode } from "../../source/sourceNode";
import { environmentMark } from "../interpolate";
import type { Template } from "./template";

/** Texts of a template, as far as they can be told without deploying it. */
export class Texts {
  isWidened = false;

  constructor(
    private readonly template: Template,
    private readonly context: { application: string; service?: string },
  ) {}

  /** All of them, each once; undefined where one can't be told, or hasn't the form, or there is none. */
  all(nodes: SourceNode[], form: RegExp): string[] | undefined {
    const texts = nodes.map((node) => this.of(node));
    return texts.length > 0 && texts.every((text) => text !== undefined && form.test(text)) ? [...new Set(texts as string[])] : undefined;
  }

  of(node: SourceNode | undefined): string | undefined {
    if (!node) return undefined;
    const long = childOf(node, "Fn::Sub");
    const substituted = node.kind === "scalar" && node.tag === "!Sub" ? node : long?.kind === "scalar" ? long : undefined;
    if (substituted) return this.substituted(substituted.text);
    const pair = node.kind === "list" && node.tag === "!Sub" ? node : long;
    if (pair?.kind === "list") {
      const text = textOf(pair.items[0]);
      return text === undefined ? undefined : this.substituted(text, pair.items[1]);
    }
    const reference = referenceOf(node);
    return reference !== undefined && ["App", "Name", "Env", "AWS::Region", "AWS::AccountId"].includes(reference)
      ? this.named(reference)
      : this.template.value(node);
  }

  /** @param given values of names beside those that every template has */
  private substituted(text: string, given?: SourceNode): string | undefined {
    const values = [...text.matchAll(/\$\{\s*([^!}\s][^}\s]*)\s*\}/g)].map(([, name]) => {
      const own = childOf(given, name!);
      return own ? this.of(own) : this.named(name!);
    });
    if (values.includes(undefined)) return undefined;
    // `${!Name}` is `${Name}`, which IAM fills in.
    return text.replaceAll(/\$\{\s*([^!}\s][^}\s]*)\s*\}/g, () => values.shift()!).replaceAll("${!", "${");
  }

  private named(name: string): string | undefined {
    if (name === "AWS::Partition") return "aws";
    if (name === "AWS::URLSuffix") return "amazonaws.com";
    if (name === "App") return this.context.application;
    if (name === "Name") return this.context.service;
    if (name === "Env") return this.template.environment ?? environmentMark;
    if (!["AWS::Region", "AWS::AccountId"].includes(name)) return this.template.parameter(name);
    this.isWidened = true;
    return "*";
  }
}

/** `Env` of `!Ref Env`. */
function referenceOf(node: SourceNode): string | undefined {
  return node.kind === "scalar" && node.tag === "!Ref" ? node.text : textOf(childOf(node, "Ref"));
}
