import type { Incident } from "../../testing/incident";
import { atOnce } from "./atOnce";
import { blind } from "./blind";
import { busy } from "./busy";
import { calls } from "./calls";
import { calm } from "./calm";
import { capacity } from "./capacity";
import { containerChecks } from "./containerChecks";
import { crashes } from "./crashes";
import { data } from "./data";
import { deployments } from "./deployments";
import { health } from "./health";
import { images } from "./images";
import { jobs } from "./jobs";
import { lastAnswers } from "./lastAnswers";
import { lastCalm } from "./lastCalm";
import { lastRound } from "./lastRound";
import { memory } from "./memory";
import { network } from "./network";
import { otherAnswers } from "./otherAnswers";
import { otherHealth } from "./otherHealth";
import { otherLimits } from "./otherLimits";
import { otherWords } from "./otherWords";
import { permissions } from "./permissions";
import { reaching } from "./reaching";
import { registries } from "./registries";
import { rights } from "./rights";
import { runtimes } from "./runtimes";
import { incidentOf } from "./scene/sceneOf";
import { secrets } from "./secrets";
import { several } from "./several";
import type { Sketch } from "./sketch";
import { starts } from "./starts";
import { well } from "./well";

/** All of them, by area. */
export const areas: Record<string, Sketch[]> = {
  ...{ images, registries, starts, network, permissions, secrets, crashes, rights, memory, data, calls, containerChecks, health },
  ...{ capacity, deployments, jobs, several, blind, otherWords, otherLimits, otherAnswers, atOnce },
  ...{ runtimes, reaching, lastRound, lastAnswers, busy, well, otherHealth, calm, lastCalm },
};

/** Each with its area. */
export const incidents: (Incident & {
  area: string;
  herring: string | undefined;
  planted: string[] | undefined;
  denied: string[] | undefined;
})[] = Object.entries(areas).flatMap(([area, sketches]) =>
  sketches.map((sketch) => ({ ...incidentOf(sketch), area, herring: sketch.herring, planted: sketch.planted, denied: sketch.denied })),
);
