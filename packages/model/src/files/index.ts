export { isDay, today } from "./day";
// What reads the files that people write: YAML, and where in them each thing stands. Apart from the rest, which needs no YAML.
export { checkedFile, type Refuse } from "./checkedFile";
export { editedYaml, type EditedYaml, type YamlEdit } from "./edit/editedYaml";
export { readEntries, type Entry } from "./entriesFile";
export { readEnginePreviews, readEnvironments } from "./environmentsFile";
export { otherAccount, refusedValue, settingsError, type SettingProblem } from "./settingsError";
export { YamlSource } from "./yamlSource";
