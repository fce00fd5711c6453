const listed = 100;

/** The users, in the table that accounts-migration makes. `query` is that of pg. */
function userStore(query) {
  return {
    /** The first hundred. */
    list: async () => (await query("SELECT id, name FROM users ORDER BY id LIMIT $1", [listed])).rows,
    /** One, or undefined; ids are the table's integers. */
    find: async (id) => {
      if (!/^[1-9]\d{0,8}$/.test(id)) return undefined;
      return (await query("SELECT id, name FROM users WHERE id = $1", [Number(id)])).rows[0];
    },
  };
}

module.exports = { userStore };
