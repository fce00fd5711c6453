import { adoptionCodes } from "./adoption";
import { buildCodes } from "./builds";
import { dataCodes } from "./data";
import { exportCodes } from "./exports";
import { fileCodes } from "./files";
import { imageCodes } from "./images";
import { importCodes } from "./imports";
import { jobCodes } from "./jobs";
import { localCodes } from "./local";
import { manifestCodes } from "./manifests";
import { networkCodes } from "./network";
import { operationCodes } from "./operations";
import { rolloutCodes } from "./rollouts";
import { smokeCodes } from "./smoke";

/** All codes, by what they are about. A new code goes into its area's file, a new area into this list. */
export const areas = [
  {
    title: "service.yaml",
    text: "Found by a plan, a preview and `up`, before the first resource; each is told with its file, line and column.",
    codes: manifestCodes,
  },
  {
    title: "Builds and promotions",
    text: "Found on the way from sources to a pushed image, and from one environment to the next.",
    codes: buildCodes,
  },
  {
    title: "Images",
    text: "Found in an image's bytes: by `fairlead inspect`, and by `up` before it registers a task definition.",
    codes: imageCodes,
  },
  { title: "Jobs", text: "Found by `up`, when it runs the jobs that services wait for.", codes: jobCodes },
  { title: "Rollouts", text: "Found by `up`, when it follows ECS until a service's new revision serves.", codes: rolloutCodes },
  { title: "Networks", text: "Found by a plan, a preview and `up`.", codes: networkCodes },
  { title: "Data", text: "Found by `up`, when it makes what services bind to.", codes: dataCodes },
  {
    title: "Files and settings of the stacks",
    text: "Found by whatever reads them; mistakes in a file are told together, each with its line and column.",
    codes: fileCodes,
  },
  {
    title: "A day on AWS",
    text: "Found by `fairlead smoke` before it creates anything; it then ends with exit code 2.",
    codes: smokeCodes,
  },
  {
    title: "What runs in AWS",
    text: "Found by the commands that ask AWS of a stack or change something of it: `fairlead status`, `logs`, `rollback` and others.",
    codes: operationCodes,
  },
  {
    title: "An environment of one machine",
    text: "Found by `fairlead local`.",
    codes: localCodes,
  },
  {
    title: "What comes from elsewhere",
    text: "Found by `fairlead import`, before it writes anything.",
    codes: importCodes,
  },
  {
    title: "What is taken along",
    text: "Found by `fairlead export`, before it writes anything.",
    codes: exportCodes,
  },
  {
    title: "What exists already",
    text: "Found by `fairlead adopt`, before it writes anything.",
    codes: adoptionCodes,
  },
];
