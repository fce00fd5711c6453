#!/usr/bin/env node
require("@fairlead/transpile/register");
require("../src/actionlint.ts");
