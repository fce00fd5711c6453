/**
 * Tag with the name of the cluster, which is that of the environment, on what AWS names by an id of its own: an ARN says nothing of where it belongs, and roles are
 * given permissions by the tag.
 */
export const clusterTag = "fairlead:cluster";
