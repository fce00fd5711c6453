import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { signatureKey } from "@fairlead/plan";
import type { provider } from "@pulumi/pulumi";

import { compute } from "./compute";
import { database } from "./database";
import { environment } from "./environment";
import { answer } from "./functions";
import { identity } from "./identity";
import { loadBalancing } from "./loadBalancing";
import { AwsError, type Account, type CreateContext, type ResourceModel } from "./model";
import { messaging } from "./messaging";
import { network } from "./network";
import { registry } from "./registry";
import { scaling } from "./scaling";
import { storage } from "./storage";
import { World, type Properties } from "./world";

const models: Record<string, ResourceModel> = {
  ...network,
  ...loadBalancing,
  ...identity,
  ...environment,
  ...registry,
  ...compute,
  ...scaling,
  ...database,
  ...storage,
  ...messaging,
};
const notInputs = new Set(["__defaults", "__meta"]);

/** A provider of the name `aws` that keeps its resources in a file. It stands for AWS where there is no account, and for nothing else. */
export class StandInProvider implements provider.Provider {
  readonly version = "7.48.0";
  private readonly world: World;

  constructor(
    private readonly account: Account,
    stateFile: string,
  ) {
    this.world = new World(stateFile);
  }

  check = async (urn: string, olds: Properties, news: Properties): Promise<provider.CheckResult> => {
    const { type, name } = partsOf(urn);
    const inputs = withoutNulls(news);
    const { autoName } = model(type);
    if (autoName && inputs[autoName] === undefined) inputs[autoName] = olds[autoName] ?? `${name}-${unique(7)}`;
    return { inputs };
  };

  diff = async (id: string, urn: string, _olds: Properties, news: Properties): Promise<provider.DiffResult> => {
    const { type } = partsOf(urn);
    const before = this.world.get(type, id)?.inputs ?? {};
    const keys = new Set([...Object.keys(before), ...Object.keys(news)].filter((key) => !notInputs.has(key)));
    const changed = [...keys].filter((key) => !isDeepStrictEqual(plain(before[key]), plain(news[key])));
    const replaces = changed.filter((key) => model(type).replaceOn?.includes(key));
    return {
      changes: changed.length > 0,
      replaces,
      deleteBeforeReplace: replaces.length > 0 && before.name !== undefined && before.name === news.name,
    };
  };

  create = async (urn: string, news: Properties): Promise<provider.CreateResult> => {
    const { type } = partsOf(urn);
    const inputs = plain(news) as Properties;
    await model(type).refuse?.(inputs, this.world);
    const { id, outputs } = model(type).create(inputs, this.context());
    this.world.put({ type, id, inputs, outputs });
    return { id, outs: { ...news, ...outputs } };
  };

  update = async (id: string, urn: string, _olds: Properties, news: Properties): Promise<provider.UpdateResult> => {
    const { type } = partsOf(urn);
    const inputs = plain(news) as Properties;
    await model(type).refuse?.(inputs, this.world, id);
    const outputs = this.world.get(type, id)?.outputs ?? {};
    this.world.put({ type, id, inputs, outputs });
    return { outs: { ...news, ...outputs } };
  };

  delete = async (id: string, urn: string, state: Properties): Promise<void> => {
    const { type } = partsOf(urn);
    await model(type).refuseDelete?.(id, state, this.world);
    this.world.remove(type, id);
  };

  invoke = async (token: string, args: Properties): Promise<provider.InvokeResult> => ({ outputs: answer(token, args, this.account) });

  private context(): CreateContext {
    const { accountId, region } = this.account;
    return {
      ...this.account,
      unique,
      arn: (service, resource) => `arn:aws:${service}:${region}:${accountId}:${resource}`,
    };
  }
}

/** Hexadecimal digits that no other resource has. */
function unique(length: number): string {
  return randomBytes(length).toString("hex").slice(0, length);
}

function partsOf(urn: string): { type: string; name: string } {
  const [, , qualifiedType, name] = urn.split("::");
  return { type: qualifiedType!.split("$").at(-1)!, name: name! };
}

function model(type: string): ResourceModel {
  const found = models[type];
  if (found) return found;
  throw new AwsError("NotInTheSandbox", `the stand-in for AWS has no ${type} yet. Add it to tools/sandbox/src/aws`);
}

function withoutNulls(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined));
}

/** Takes the engine's wrappers for secrets and outputs off. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value ?? undefined;
  if (signatureKey in value) return plain((value as Properties).value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== null && item !== undefined && !notInputs.has(key))
      .map(([key, item]) => [key, plain(item)]),
  );
}
