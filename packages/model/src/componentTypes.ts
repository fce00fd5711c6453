/** The component of a service. It stands in the states of those who have deployed: another text would replace every resource of every service. */
export const serviceType = "fairlead:stacks:Service";

/** Whether a type is one of our components. */
export const isOwnComponent = (type: string): boolean => type.startsWith("fairlead:");
