export { fargateCpuSizes, fargateMemorySizes, describeMemorySizes } from "./fargateSizes";
