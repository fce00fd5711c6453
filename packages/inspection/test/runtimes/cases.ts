import { javaClassDies, javaClassLives } from "./javaClassCases";
import { gunicornDies, gunicornLives } from "./gunicornCases";
import { javaOptionDies, javaOptionLives, javaVersionDies, javaVersionLives } from "./javaVersionCases";
import { pythonRelativeDies, pythonRelativeLives } from "./pythonRelativeCases";
import { pythonPartsDies, pythonPartsLives } from "./pythonPartsCases";
import { pythonNativeDies, pythonNativeLives } from "./pythonNativeCases";
import { dotnetDies, serverDies, serverLives } from "./serverCases";
import { nativeDies, nativeLives } from "./nativeCases";
import { nodeDies } from "./nodeDies";
import { nodeAliasDies, nodeAliasLives } from "./nodeAliasCases";
import { nodeFormatDies } from "./nodeFormatDies";
import { nodeFormatLives } from "./nodeFormatLives";
import { nodeLives } from "./nodeLives";
import { nodeOptionDies, nodeOptionLives } from "./nodeOptionCases";
import { nodeRequireDies, nodeRequireLives } from "./nodeRequireCases";
import { nodePackageDies } from "./nodePackageDies";
import { nodePackageLives } from "./nodePackageLives";
import { packageManagersDies } from "./packageManagersDies";
import { packageManagersLives } from "./packageManagersLives";
import { pythonDies } from "./pythonDies";
import { pythonLives } from "./pythonLives";
import { pythonClosedDies, pythonClosedLives } from "./pythonClosedCases";
import { othersDies } from "./othersDies";
import { othersLives } from "./othersLives";

export const dies = [
  ...dotnetDies,
  ...serverDies,
  ...gunicornDies,
  ...pythonNativeDies,
  ...nativeDies,
  ...nodeDies,
  ...nodeAliasDies,
  ...nodeFormatDies,
  ...nodeOptionDies,
  ...nodeRequireDies,
  ...nodePackageDies,
  ...packageManagersDies,
  ...pythonDies,
  ...pythonPartsDies,
  ...pythonRelativeDies,
  ...pythonClosedDies,
  ...othersDies,
  ...javaClassDies,
  ...javaVersionDies,
  ...javaOptionDies,
];
export const lives = [
  ...serverLives,
  ...gunicornLives,
  ...pythonNativeLives,
  ...nativeLives,
  ...nodeLives,
  ...nodeAliasLives,
  ...nodeFormatLives,
  ...nodeOptionLives,
  ...nodeRequireLives,
  ...nodePackageLives,
  ...packageManagersLives,
  ...pythonLives,
  ...pythonPartsLives,
  ...pythonRelativeLives,
  ...pythonClosedLives,
  ...othersLives,
  ...javaClassLives,
  ...javaVersionLives,
  ...javaOptionLives,
];
