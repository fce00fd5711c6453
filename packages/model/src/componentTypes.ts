/** The component of a service. It stands in the states of those who have deployed: another text would replace every resource of every service. */
export const serviceType = "fairlead:stacks:Service";
