/** `aws:s3/bucket:Bucket` → `Bucket` */
export const typeName = (type: string): string => type.split(":").at(-1)!;
