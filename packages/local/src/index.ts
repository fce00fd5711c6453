export { composeText } from "./compose/write";
export type { ComposeFile } from "./compose/model";
export { containerService, networkHolder } from "./compose/names";
export type { Bindable } from "./data/bindable";
export { localImages } from "./images";
export { localEnvironment, type LocalEnvironment } from "./localEnvironment";
export { loadBalancerService, loadBalancerStatusPort } from "./proxy/loadBalancer";
export { localListeners } from "./proxy/listeners";
export type { Task } from "./task/task";
