// What `nx affected` does, for one changed file after the other with one graph: node affected.cjs <files...>, in the workspace.
const { createProjectGraphAsync } = require("@nx/devkit");
const { WholeFileChange } = require("@nx/devkit/internal");
const { filterAffected } = require("nx/src/project-graph/affected/affected-project-graph");

(async () => {
  const graph = await createProjectGraphAsync();
  const affected = {};
  for (const file of process.argv.slice(2)) {
    const { nodes } = await filterAffected(graph, [{ file, hash: "", getChanges: () => [new WholeFileChange()] }]);
    affected[file] = Object.keys(nodes)
      .filter((name) => nodes[name].data.targets?.preview)
      .sort();
  }
  console.log(JSON.stringify(affected));
  process.exit();
})();
